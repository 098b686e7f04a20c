//! From the document's words to the distribution and back, with the grade of every step.

use assert_cmd::Command;

fn plancast(arguments: &[&str]) -> String {
    let output = Command::cargo_bin("plancast").unwrap().args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn assert_holds(text: &str, wanted: &[&str]) {
    for part in wanted {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn a_figure_shows_the_targets_that_judge_it_and_the_values_that_rest_on_it() {
    assert_holds(
        &plancast(&["explain", "plan", "al_chalco_ii", "--lang", "zh"]),
        &[
            "al_chalco_ii: “推动实施中铝二期50万吨铝合金铝项目”  [report，A级]",
            "aluminium_phase_2: 2025年前中铝二期50万吨项目开工",
            "full_value_added[aluminium_chalco] = pert(7, 13, 19)  [projects，D级]",
            "full_energy[aluminium_chalco,electricity] = 0.83  [projects，D级]",
        ],
    );
}

#[test]
fn a_project_shows_its_year_delay_chance_ramp_value_and_energy() {
    assert_holds(
        &plancast(&["explain", "plan", "hydrogen_pengwan", "--lang", "en"]),
        &[
            "hydrogen_pengwan: Hydrogen from coke-oven gas (0.2 Mt a year) (Project named in the report)",
            "announced[hydrogen_pengwan] = 2022  [start, grade D]",
            "plan_delay[hydrogen_pengwan] = 2  [assumption, grade D]",
            "goes_ahead[hydrogen_pengwan] = bernoulli(40%)  [assumption, grade D]",
            "ramp[hydrogen_pengwan] = 4  [assumption, grade D]",
            "full_value_added[hydrogen_pengwan] = pert(3, 7, 11)  [projects, grade D]",
            "hydrogen_capacity[hydrogen_pengwan] = 0.2  [report, grade A]",
            "delay_factor[hydrogen_pengwan] = gamma(2, 0.5)  [assumption, grade D]",
        ],
    );
}

/// 2000 paths: the text does not depend on how exact the shares are.
#[test]
fn what_is_only_assumed_is_marked_wherever_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let run = plancast(&["run", "plan", "--paths", "4096", "--lang", "en", "--charts", "svg", "--out", out]);
    let expected = "Expected real growth of GDP (a year, compounded) [D]";
    assert_holds(&run.split_whitespace().collect::<Vec<_>>().join(" "), &[expected]);
    let chart = std::fs::read_to_string(folder.path().join("plan/charts/gdp-tornado.svg")).unwrap();
    assert_holds(&chart, &["[D]"]);
    let page = folder.path().join("page.html");
    plancast(&["report", &format!("{out}/plan"), "--lang", "en", "--out", page.to_str().unwrap()]);
    let page = std::fs::read_to_string(page).unwrap();
    // Defaults too, once for all members that say nothing.
    assert_holds(&page, &["gamma(2, 0.5)", "达到2200亿元左右", "normal(8%, 1%)"]);

    let of = ["--of", "gdp@2025", "--paths", "1000", "--lang", "en", "--inputs", "expected_growth"];
    assert_holds(&plancast(&[&["sensitivity", "plan"], &of[..]].concat()), &["compounded)) [D]"]);
}
