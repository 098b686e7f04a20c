//! What is wrong with a command line or with what it names is said in the language that was asked for.

use crate::case::{err, folder, plancast};

/// Commands that come to nothing, what each says in Chinese, and its exit code.
const REFUSED: &[(&[&str], &str, i32)] = &[
    (&["run", "case.toml", "--paths", "many"], "“many”不是路径数", 2),
    (&["run", "case.toml", "--wait", "soon"], "“soon”不是时间", 2),
    (&["run", "case.toml", "--out", "-"], "此处应为文件夹", 2),
    (&["run", "no*.toml"], "没有与 no*.toml 匹配的文件", 2),
    (&["run", "case.toml", "--sweep", "trend"], "--sweep 应写成 名称=值", 2),
    (&["run", "case.toml", "--sweep", "trend=1%,,2%"], "--sweep trend=1%,,2%：缺少一个值", 2),
    (&["run", "case.toml", "--paths", "100", "--memory", "1kB"], "超过上限", 3),
    (&["new", ".", "--from", "nothing"], "没有名为“nothing”的内置情景\n  修改方法：", 2),
    (&["man", "nothing"], "没有命令 nothing", 2),
    (&["merge", "."], "请给出由 `run --shard` 写成的文件夹", 2),
    (&["report", "case.toml", "--out", "page.txt"], "文件名应以下列后缀之一结尾：.html、.htm", 2),
    (&["sensitivity", "case.toml", "--of", "high", "--paths", "10"], "10条路径不足以", 2),
    (&["solve", "case.toml", "--for", "p(high) >= 50%", "--vary", "trend,trend"], "出现了两次", 2),
];

#[test]
fn what_is_refused_is_said_in_the_language_that_was_asked_for() {
    let folder = folder();
    for (arguments, chinese, code) in REFUSED {
        let in_english = plancast(folder.path(), arguments);
        let in_chinese = plancast(folder.path(), &[*arguments, &["--lang", "zh"]].concat());
        let said = err(&in_chinese);
        assert!(said.contains("错误：") && said.contains(chinese), "{arguments:?}: {said}");
        assert!(!said.contains("error: ") && !said.contains("warning"), "{arguments:?}: {said}");
        assert!(err(&in_english).contains("error: "), "{arguments:?}: {}", err(&in_english));
        assert_eq!((in_chinese.status.code(), in_english.status.code()), (Some(*code), Some(*code)));
    }
}

/// Command lines that cannot be read, and what is said of each in Chinese.
const UNREAD: &[(&[&str], &str)] = &[
    (&["run", "case.toml", "--path", "10"], "此处没有选项 '--path'；是否想写 '--paths'？"),
    (&["run", "case.toml", "--nothing"], "此处没有选项 '--nothing'；可用的选项与命令见 --help"),
    (&["rum"], "没有命令 'rum'；是否想写 'run'？"),
    (&["run"], "缺少：<SCENARIO>..."),
    (&["solve", "case.toml"], "缺少：--for <GOAL>"),
    (&["run", "case.toml", "--until", "1%", "--paths", "10"], "不能与 '--paths <N>' 同时使用"),
    (&["run", "case.toml", "--paths"], "'--paths <N>' 缺少取值"),
    (&["chart", "run", "--palette", "blue"], "不能取“blue”；可选：light, dark, grey"),
    (&["run", "case.toml", "--seed", "x"], "'--seed <N>' 的值“x”无效"),
];

#[test]
fn a_command_line_that_cannot_be_read_is_refused_in_the_language_that_was_asked_for() {
    let folder = folder();
    for (arguments, chinese) in UNREAD {
        let out = plancast(folder.path(), &[&["--lang", "zh"], *arguments].concat());
        let said = err(&out);
        assert!(said.starts_with("错误：") && said.contains(chinese), "{arguments:?}: {said}");
        assert!(!said.contains("Usage") && !said.contains("error"), "{arguments:?}: {said}");
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn help_is_printed_in_the_language_that_was_asked_for_and_of_the_locale() {
    let folder = folder();
    for arguments in [&["--help"][..], &["run", "--help"], &["help", "run"], &["check", "-h"]] {
        let mut command = assert_cmd::Command::cargo_bin("plancast").unwrap();
        let out =
            command.current_dir(folder.path()).env("LC_ALL", "zh_CN.UTF-8").args(arguments).output().unwrap();
        let said = String::from_utf8(out.stdout).unwrap();
        assert!(said.contains("用法：") && !said.contains("Usage"), "{arguments:?}: {said}");
        assert_eq!(out.status.code(), Some(0), "{arguments:?}");
    }
    let english = plancast(folder.path(), &["--help", "--lang", "en"]);
    assert!(String::from_utf8(english.stdout).unwrap().contains("Usage: plancast"));
}

#[test]
fn what_is_written_beside_a_result_is_said_in_the_language_that_was_asked_for() {
    let folder = folder();
    let said = |arguments: &[&str]| err(&plancast(folder.path(), &[arguments, &["--lang", "zh"]].concat()));
    let new = said(&["new", "mine"]);
    assert!(new.starts_with("已写入 ") && new.contains("\n接下来可以：\n  plancast run "), "{new}");
    let short = ["run", "case.toml", "--until", "0.1%", "--max-paths", "512", "--charts", "none"];
    let short = said(&short);
    assert!(short.contains("警告：case：模拟512条路径后，最不确定的达成概率的标准误为"), "{short}");
}
