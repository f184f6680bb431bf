//! What docs/evaluation.md shows of `marsad evaluate` is what it writes; a block that begins with `…` shows the end of it.

mod folder;

use std::path::Path;

use folder::Folder;

#[test]
fn the_output_in_the_documentation_is_that_of_the_shipped_model() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_to_string(root.join("docs/evaluation.md")).unwrap();
    let mut compared = 0;
    for block in docs.split("```console\n$ ").skip(1) {
        let (command, rest) = block.split_once('\n').unwrap();
        let (shown, _) = rest.split_once("```").unwrap();
        // The others train for minutes.
        if !command.starts_with("marsad evaluate data/") {
            continue;
        }
        let data = root.join("data/test.jsonl").display().to_string();
        let arguments = command.split(' ').skip(1).map(|argument| match argument {
            "data/test.jsonl" => data.as_str(),
            other => other,
        });
        let arguments: Vec<&str> = arguments.chain(["-q"]).collect();
        let output = Folder::new().run(&arguments).stdout();
        let is_shown = match shown.strip_prefix("…\n") {
            Some(end) => output.ends_with(end),
            None => output == shown,
        };
        assert!(
            is_shown,
            "`{command}` writes something else: run scripts/fill-evaluation-docs\n{output}"
        );
        compared += 1;
    }
    assert!(compared >= 4, "{compared}");
}
