//! Puts the part that moves into a finished page: the page stays whole without it.

use std::io::Write;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{LiveLever, levers};
use crate::chart::embed;
use crate::key;
use crate::scenario::Scenario;
use crate::text::{Key, Language};

/// The script of the page, and that of the worker that holds the engine.
const SCRIPT: &str = concat!("//<![CDATA[\n", include_str!("live.js"), "//]]>");
const WORKER: &str = concat!("//<![CDATA[\n", include_str!("worker.js"), "//]]>");

/// The styles of the part.
const STYLE: &str = include_str!("live.css");

/// What a live page is made from besides the page itself.
#[derive(Clone, Copy, Debug)]
pub struct LivePart<'a> {
    /// The scenario of which the page tells.
    pub scenario: &'a Scenario,
    /// The same resolved, as the file `scenario.toml` of a run: what the engine opens.
    pub text: &'a str,
    /// What the command calls it: a name or a file.
    pub origin: &'a str,
    /// The seed of the run.
    pub seed: u64,
    /// How many paths the run has: so many are simulated in the end while nothing is moved.
    pub paths: u64,
    /// What is written at the foot of figures as the source.
    pub source: &'a str,
    /// The engines that the page carries, each gzipped: with vector instructions, and without where it is wanted.
    pub engines: [Option<&'a [u8]>; 2],
}

/// Why a page cannot be made live.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LiveError {
    /// The page has no such place, at which a part is put in.
    #[error("the page has no {0}")]
    NoPlace(&'static str),
    /// Data could not be written.
    #[error("the data of the page cannot be written")]
    Data(#[from] serde_json::Error),
    /// Data could not be packed.
    #[error("the data of the page cannot be packed")]
    Packing(#[from] std::io::Error),
}

/// What the script is given.
#[derive(Serialize)]
struct LiveData<'a> {
    name: &'a str,
    text: &'a str,
    origin: &'a str,
    seed: u64,
    paths: u64,
    source: &'a str,
    language: &'a str,
    levers: Vec<LiveLever>,
    words: serde_json::Map<String, serde_json::Value>,
}

/// The texts of the part by the names under which the script knows them.
const WORDS: [(&str, Key); 25] = [
    ("title", key!("report-live-title")),
    ("about", key!("report-live-about")),
    ("levers", key!("report-live-levers")),
    ("more", key!("report-live-more")),
    ("pick", key!("report-live-pick")),
    ("add", key!("report-live-add")),
    ("unknown", key!("report-live-unknown")),
    ("remove", key!("report-live-remove")),
    ("fixed", key!("report-live-fixed")),
    ("reset", key!("report-live-reset")),
    ("goal", key!("report-live-goal")),
    ("headline", key!("report-live-headline")),
    ("before", key!("report-live-before")),
    ("after", key!("report-live-after")),
    ("change", key!("report-live-change")),
    ("others", key!("report-live-others")),
    ("figure", key!("report-live-figure")),
    ("shown", key!("report-live-shown")),
    ("drivers", key!("report-live-drivers")),
    ("share", key!("report-live-share")),
    ("command", key!("report-live-command")),
    ("first", key!("report-live-first")),
    ("settled", key!("report-live-settled")),
    ("starting", key!("report-live-starting")),
    ("failed", key!("report-live-failed")),
];

/// A finished page with the part that moves, which is shown once the engine has started.
///
/// # Errors
/// When the page has not the places that a page has.
pub fn live(page: &str, part: &LivePart, language: Language) -> Result<String, LiveError> {
    let words = WORDS.iter().map(|(name, key)| ((*name).to_owned(), json!(key.text(language))));
    let data = LiveData {
        name: &part.scenario.id,
        text: part.text,
        origin: part.origin,
        seed: part.seed,
        paths: part.paths,
        source: part.source,
        language: language.code(),
        levers: levers(part.scenario, language),
        words: words.collect(),
    };
    let titles = data.levers.iter().map(|lever| [lever.title.as_str(), &lever.unit].concat());
    let said = WORDS.iter().map(|(_, key)| key.text(language).to_owned()).chain(titles).collect::<String>();
    // Only letters that the page has not already.
    let letters: String = said.chars().filter(|c| !page.contains(*c)).collect();
    let style = format!("<style>{}{STYLE}</style>\n", embed::rule(&letters).unwrap_or_default());
    let title = key!("report-live-title").text(language);
    let section = format!("<section id=\"live\" hidden=\"hidden\" aria-label=\"{title}\"></section>\n");
    let mut scripts = block("live-data", &STANDARD.encode(packed(&serde_json::to_vec(&data)?)?));
    for (engine, id) in part.engines.iter().zip(["live-simd", "live-compat"]) {
        scripts += &engine.map(|engine| block(id, &STANDARD.encode(engine))).unwrap_or_default();
    }
    scripts += &format!("{}<script>{SCRIPT}</script>\n", block("live-worker", WORKER));
    let page = put(page, "</head>", &style, "</head>")?;
    let page = put(&page, "<main id=\"content\">", "", &format!("<main id=\"content\">\n{section}"))?;
    let page = put(&page, "script-src ", "", &policy())?;
    let at = page.rfind("</body>").ok_or(LiveError::NoPlace("</body>"))?;
    Ok([&page[..at], &scripts, &page[at..]].concat())
}

/// What the policy of the page lets the part do: run its script, a worker that it makes, and a module of WebAssembly.
/// Nothing more is fetched from anywhere.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    format!("worker-src blob:; script-src 'wasm-unsafe-eval' 'sha256-{hash}' ")
}

/// A block of data that no browser runs.
fn block(id: &str, text: &str) -> String {
    format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n")
}

/// The page with a text before its first `place`, which becomes `instead`.
fn put(page: &str, place: &'static str, before: &str, instead: &str) -> Result<String, LiveError> {
    let at = page.find(place).ok_or(LiveError::NoPlace(place))?;
    Ok([&page[..at], before, instead, &page[at + place.len()..]].concat())
}

fn packed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;
    use crate::report::{PageContent, page};
    use crate::result::sample;
    use crate::scenario::load::from_text;

    const TOWN: &str = "[time]\nstart = 2020\nend = 2021\n[parameters]\ntax = { value = 5, title = \"税率\", lever = { min = 0, max = 9 } }\n[metrics.cost]\nformula = \"tax\"\n";

    fn written(language: Language, engines: [Option<&[u8]>; 2]) -> String {
        let summary = sample::summary();
        let content = PageContent { runs: std::slice::from_ref(&summary), ..PageContent::default() };
        let scenario = from_text("town", TOWN).scenario;
        let part = LivePart {
            scenario: &scenario,
            text: TOWN,
            origin: "town.toml",
            seed: 7,
            paths: 5000,
            source: "",
            engines,
        };
        live(&page(&content, language).unwrap(), &part, language).unwrap()
    }

    /// What stands in a block of data.
    fn of_block<'a>(page: &'a str, id: &str) -> Option<&'a str> {
        let start = format!("<script type=\"text/plain\" id=\"{id}\">");
        page.split_once(&start)?.1.split("</script>").next()
    }

    #[test]
    fn a_live_page_is_well_formed_in_every_language() {
        for language in [Language::En, Language::Zh] {
            let page = written(language, [Some(b"engine"), None]);
            let body = page.split_once("<html").unwrap().1;
            roxmltree::Document::parse(&format!("<html{body}")).unwrap();
        }
    }

    #[test]
    fn the_script_is_given_the_scenario_its_levers_and_the_words_of_the_reader() {
        let page = written(Language::Zh, [Some(b"engine"), None]);
        let packed = STANDARD.decode(of_block(&page, "live-data").unwrap()).unwrap();
        let mut text = String::new();
        GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
        let data: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((data["text"].as_str(), data["seed"].as_u64()), (Some(TOWN), Some(7)));
        assert_eq!(data["levers"][0]["title"], "税率");
        assert_eq!(data["words"]["goal"], "目标");
    }

    #[test]
    fn a_page_carries_the_engines_that_are_wanted_and_no_others() {
        let engines: [Option<&[u8]>; 2] = [Some(b"simd"), Some(b"compat")];
        let both = written(Language::En, engines);
        assert_eq!(of_block(&both, "live-simd"), Some(STANDARD.encode("simd").as_str()));
        assert_eq!(of_block(&both, "live-compat"), Some(STANDARD.encode("compat").as_str()));
        assert_eq!(of_block(&written(Language::En, [Some(b"simd"), None]), "live-compat"), None);
    }

    #[test]
    fn only_the_scripts_of_the_page_may_run_and_nothing_is_fetched() {
        let page = written(Language::En, [Some(b"engine"), None]);
        let policy =
            page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(policy.starts_with("default-src &#x27;none&#x27;"), "{policy}");
        assert_eq!(policy.matches("sha256-").count(), 2, "{policy}");
        assert!(!policy.contains("http") && !policy.contains("unsafe-eval' 'unsafe"), "{policy}");
        let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
        assert!(policy.contains(&hash) && page.contains(&format!("<script>{SCRIPT}</script>")));
    }

    #[test]
    fn the_part_is_hidden_until_the_engine_has_started() {
        let page = written(Language::En, [Some(b"engine"), None]);
        assert_eq!(page.matches("<section id=\"live\" hidden=\"hidden\"").count(), 1);
    }

    #[test]
    fn what_is_no_page_is_refused() {
        let scenario = from_text("town", TOWN).scenario;
        let part = LivePart {
            scenario: &scenario,
            text: TOWN,
            origin: "",
            seed: 1,
            paths: 1,
            source: "",
            engines: [None; 2],
        };
        assert!(matches!(live("<p>", &part, Language::En), Err(LiveError::NoPlace("</head>"))));
    }
}
