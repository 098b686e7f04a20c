//! Places where the source can be changed: one parse of a file finds them all.

use std::ops::Range;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// What is written in an edit where the id of the change is asked for.
pub const SWITCH: &str = "\u{1}";

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Comparison,
    Arithmetic,
    Constant,
    Logic,
    Branch,
    Statement,
    Returned,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Comparison,
        Self::Arithmetic,
        Self::Constant,
        Self::Logic,
        Self::Branch,
        Self::Statement,
        Self::Returned,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Comparison => "comparison",
            Self::Arithmetic => "arithmetic",
            Self::Constant => "constant",
            Self::Logic => "and, or, not",
            Self::Branch => "branches swapped",
            Self::Statement => "statement deleted",
            Self::Returned => "returned value",
        }
    }
}

/// A change that may be made at one place of one file.
#[derive(Clone, Debug)]
pub struct Site {
    pub file: String,
    pub function: String,
    pub lines: Range<usize>,
    pub kind: Kind,
    /// The change in words: `` `a < b` → `a <= b` ``.
    pub change: String,
    pub range: Range<usize>,
    pub edit: Edit,
    /// Which of the changes of its room that are said in the same words this is.
    pub turn: usize,
}

impl Site {
    /// What it is called in files: the same as long as the change stands in a function of this name.
    pub fn name(&self) -> String {
        let Self { file, function, .. } = self;
        format!("{file} | {function} | {}", self.words())
    }

    /// The change, with its number where others in its room are said in the same words: the second is `… #2`.
    pub fn words(&self) -> String {
        let Self { change, turn, .. } = self;
        if *turn == 0 { change.clone() } else { format!("{change} #{}", turn + 1) }
    }
}

/// How the text of a site's range becomes one with a switch.
#[derive(Clone, Debug)]
pub enum Edit {
    Replace(String),
    /// Texts put before and after the range, whose inside may be changed by other sites.
    Wrap(String, String),
}

/// All sites of a file, and the modules it names that exist only for tests.
pub fn find(file: &str, text: &str) -> syn::Result<(Vec<Site>, Vec<String>)> {
    let tree = syn::parse_file(text)?;
    let mut finder =
        Finder { file, text, owner: None, function: None, literals: 0, sites: Vec::new(), tests: Vec::new() };
    finder.visit_file(&tree);
    Ok((finder.sites, finder.tests))
}

struct Finder<'a> {
    file: &'a str,
    text: &'a str,
    owner: Option<String>,
    function: Option<String>,
    /// How many literals of this function were met.
    literals: usize,
    sites: Vec<Site>,
    tests: Vec<String>,
}

impl Finder<'_> {
    fn source(&self, span: Span) -> &str {
        &self.text[span.byte_range()]
    }

    fn add(&mut self, span: Span, kind: Kind, change: String, edit: Edit) {
        let Some(function) = self.function.clone() else { return };
        self.sites.push(Site {
            file: self.file.to_owned(),
            function,
            lines: span.start().line..span.end().line + 1,
            kind,
            change,
            range: span.byte_range(),
            edit,
            turn: 0,
        });
    }

    /// A site where `becomes` stands instead of what is written.
    fn replace(&mut self, span: Span, kind: Kind, becomes: &str) {
        let was = self.source(span);
        let change = format!("`{}` → `{}`", one_line(was), one_line(becomes));
        let edit = Edit::Replace(format!("(if {SWITCH} {{ {becomes} }} else {{ {was} }})"));
        self.add(span, kind, change, edit);
    }

    fn condition(&mut self, condition: &syn::Expr) {
        if !has_let(condition) {
            let span = condition.span();
            let change = format!("`{}` → its contrary", one_line(self.source(span)));
            self.add(span, Kind::Branch, change, Edit::Wrap("((".into(), format!(") != {SWITCH})")));
        }
    }

    fn function(&mut self, attributes: &[syn::Attribute], signature: &syn::Signature, block: &syn::Block) {
        // A constant function cannot ask for the switch; what is unsafe is not changed.
        if is_test(attributes) || signature.constness.is_some() || signature.unsafety.is_some() {
            return;
        }
        let name = match &self.owner {
            Some(owner) => format!("{owner}::{}", signature.ident),
            None => signature.ident.to_string(),
        };
        let before = self.function.replace(name);
        let literals = std::mem::take(&mut self.literals);
        if let syn::ReturnType::Type(_, returned) = &signature.output {
            for value in values(returned) {
                let brace = block.brace_token.span.open();
                let change = format!("returns `{value}` at once");
                let text = format!(" if {SWITCH} {{ return {value}; }}");
                self.add(brace, Kind::Returned, change, Edit::Wrap(String::new(), text));
            }
        }
        visit::visit_block(self, block);
        self.function = before;
        self.literals = literals;
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        } else if module.content.is_none() {
            self.tests.push(module.ident.to_string());
        }
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        if is_test(&block.attrs) {
            return;
        }
        let before = self.owner.replace(one_line(self.source(block.self_ty.span())));
        visit::visit_item_impl(self, block);
        self.owner = before;
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.attrs, &item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.attrs, &item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.attrs, &item.sig, block);
        }
    }

    // Where only a constant or a pattern can stand there is no place for a switch.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_expr_unsafe(&mut self, _: &'ast syn::ExprUnsafe) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        // The length may be a constant.
        self.visit_expr(&repeat.expr);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if !is_test(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_expr_if(&mut self, branch: &'ast syn::ExprIf) {
        self.condition(&branch.cond);
        visit::visit_expr_if(self, branch);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let Some((_, guard)) = &arm.guard {
            self.condition(guard);
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        let kind = match unary.op {
            syn::UnOp::Not(_) => Some(Kind::Logic),
            syn::UnOp::Neg(_) => Some(Kind::Arithmetic),
            _ => None,
        };
        if let Some(kind) = kind {
            let operand = self.source(unary.expr.span()).to_owned();
            self.replace(unary.span(), kind, &operand);
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if let Some((kind, operator)) = exchanged(&binary.op)
            && !has_let(&binary.left)
            && !has_let(&binary.right)
        {
            let (left, right) = (self.source(binary.left.span()), self.source(binary.right.span()));
            let becomes = format!("{left} {operator} {right}");
            self.replace(binary.span(), kind, &becomes);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_lit(&mut self, literal: &'ast syn::ExprLit) {
        let text = self.source(literal.span());
        let becomes = match &literal.lit {
            syn::Lit::Int(number) => number.base10_parse::<u64>().ok().map(|value| {
                // One more and one less by turns.
                let less = value > 0 && self.literals % 2 == 0;
                format!("{}{}", if less { value - 1 } else { value + 1 }, number.suffix())
            }),
            syn::Lit::Float(_) => Some(format!("({text} + 1.0)")),
            syn::Lit::Bool(value) => Some((!value.value).to_string()),
            _ => None,
        };
        self.literals += 1;
        if let Some(becomes) = becomes {
            self.replace(literal.span(), Kind::Constant, &becomes);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        let deleted = match statement {
            syn::Stmt::Expr(expression, Some(_)) => {
                is_step(expression) && !matches!(expression, syn::Expr::Macro(_))
            }
            syn::Stmt::Expr(syn::Expr::If(branch), None) => branch.else_branch.is_none(),
            syn::Stmt::Expr(expression, None) => matches!(expression, syn::Expr::ForLoop(_)),
            _ => false,
        };
        if deleted {
            let change = format!("`{}` deleted", one_line(self.source(statement.span())));
            let edit = Edit::Wrap(format!("if !{SWITCH} {{ "), " }".into());
            self.add(statement.span(), Kind::Statement, change, edit);
        }
        visit::visit_stmt(self, statement);
    }
}

fn is_step(expression: &syn::Expr) -> bool {
    use syn::Expr;
    match expression {
        Expr::Try(inner) => is_step(&inner.expr),
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Assign(_) | Expr::Return(_) | Expr::Continue(_) => true,
        Expr::If(branch) => branch.else_branch.is_none(),
        Expr::ForLoop(_) => true,
        Expr::Binary(binary) => exchanged(&binary.op).is_some(),
        _ => false,
    }
}

fn exchanged(operator: &syn::BinOp) -> Option<(Kind, &'static str)> {
    use syn::BinOp as Op;
    let comparison = |text| Some((Kind::Comparison, text));
    let arithmetic = |text| Some((Kind::Arithmetic, text));
    match operator {
        Op::Lt(_) => comparison("<="),
        Op::Le(_) => comparison("<"),
        Op::Gt(_) => comparison(">="),
        Op::Ge(_) => comparison(">"),
        Op::Eq(_) => comparison("!="),
        Op::Ne(_) => comparison("=="),
        Op::Add(_) => arithmetic("-"),
        Op::Sub(_) => arithmetic("+"),
        Op::Mul(_) => arithmetic("/"),
        Op::Div(_) | Op::Rem(_) => arithmetic("*"),
        Op::AddAssign(_) => arithmetic("-="),
        Op::SubAssign(_) => arithmetic("+="),
        Op::MulAssign(_) => arithmetic("/="),
        Op::DivAssign(_) => arithmetic("*="),
        Op::And(_) => Some((Kind::Logic, "||")),
        Op::Or(_) => Some((Kind::Logic, "&&")),
        _ => None,
    }
}

/// Values that a function may return instead of its own.
fn values(returned: &syn::Type) -> Vec<&'static str> {
    let syn::Type::Path(path) = returned else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    match last.ident.to_string().as_str() {
        "bool" => vec!["true", "false"],
        "f64" => vec!["0.0", "1.0"],
        "usize" | "u64" | "u32" | "u16" | "u8" | "i64" | "i32" => vec!["0", "1"],
        "String" => vec!["String::new()"],
        "Vec" => vec!["Vec::new()"],
        "Option" => vec!["None"],
        "Result" => match &last.arguments {
            syn::PathArguments::AngleBracketed(list) => match list.args.first() {
                Some(syn::GenericArgument::Type(syn::Type::Tuple(tuple))) if tuple.elems.is_empty() => {
                    vec!["Ok(())"]
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string().contains("test"),
        syn::Meta::NameValue(_) => false,
    })
}

fn has_let(expression: &syn::Expr) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_expr_let(&mut self, _: &'ast syn::ExprLet) {
            self.0 = true;
        }
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_expr_block(&mut self, _: &'ast syn::ExprBlock) {}
        fn visit_expr_if(&mut self, _: &'ast syn::ExprIf) {}
        fn visit_expr_match(&mut self, _: &'ast syn::ExprMatch) {}
    }
    let mut search = Search(false);
    search.visit_expr(expression);
    search.0
}

/// A text with each run of white space as one blank, cut after 90 characters.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(90) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
