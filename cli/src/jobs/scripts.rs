//! What the engines of clusters take.

use super::ShardedJob;
use super::quoting::of_kubernetes;
use plancast::text::wrap;
use plancast::tr;
use unicode_width::UnicodeWidthStr;

/// A script ends where something goes wrong.
const BEGIN: &str = "set -euo pipefail\n";

/// The widest line of a comment.
const WIDTH: usize = 110;

/// A text as a comment of a script.
fn comment(text: &str) -> String {
    let lines = wrap::lines(text, |line| line.width() <= WIDTH);
    lines.iter().fold(String::new(), |all, line| all + "# " + line + "\n")
}

/// A name that every engine takes for a job: of small letters, digits and hyphens.
pub(super) fn plain_name(ids: &[&str]) -> String {
    let mut name = String::from("plancast");
    let id = if let [id] = ids { id } else { "" };
    for c in id.chars().map(|c| c.to_ascii_lowercase()) {
        match c {
            'a'..='z' | '0'..='9' if name == "plancast" => name.extend(['-', c]),
            'a'..='z' | '0'..='9' => name.push(c),
            _ if name == "plancast" || name.ends_with('-') => {}
            _ => name.push('-'),
        }
        if name.len() >= 40 {
            break;
        }
    }
    name.trim_end_matches('-').to_owned()
}

/// A script that submits an array of all shards and, after it, the merge.
pub(super) fn slurm(job: &ShardedJob) -> String {
    let ShardedJob { run, merge, name, shards, threads } = job;
    let cpus = threads.unwrap_or(1);
    let threads = if threads.is_some() { "" } else { r#" --threads "${SLURM_CPUS_PER_TASK:-1}""# };
    let about = comment(tr!(super::super::language(), "cli-jobs-slurm"));
    format!(
        r#"#!/bin/bash
{about}{BEGIN}numbers="${{1:-1-{shards}}}"
array=$(sbatch --parsable --job-name={name} --array="$numbers" --requeue --ntasks=1 --cpus-per-task={cpus} <<'SHARD'
#!/bin/bash
exec "${{PLANCAST:-plancast}}" {run}{threads} --shard "$SLURM_ARRAY_TASK_ID/{shards}"
SHARD
)
sbatch --job-name={name}-merge --dependency="afterany:${{array%%;*}}" --requeue --ntasks=1 <<'MERGE'
#!/bin/bash
exec "${{PLANCAST:-plancast}}" {merge}
MERGE
"#
    )
}

/// Two Jobs: one with an index for each shard, and one that merges once all are there.
pub(super) fn kubernetes(job: &ShardedJob) -> String {
    let ShardedJob { run, merge, name, shards, threads } = job;
    let cpus = threads.unwrap_or(1);
    let threads = if threads.is_some() { "" } else { " --threads 1" };
    let about = comment(tr!(super::super::language(), "cli-jobs-kubernetes"));
    let shard = of_kubernetes(&format!(
        r#"exec "${{PLANCAST:-plancast}}" {run}{threads} --shard "$((JOB_COMPLETION_INDEX + 1))/{shards}""#
    ));
    let merge =
        of_kubernetes(&format!(r#"until "${{PLANCAST:-plancast}}" {merge} --quiet; do sleep 60; done"#));
    let pod = |command: &str, cpus: usize| {
        format!(
            r#"      restartPolicy: Never
      containers:
        - name: plancast
          image: plancast
          workingDir: /plan
          command: ["/bin/sh", "-c", {command}]
          resources:
            requests:
              cpu: "{cpus}"
          volumeMounts:
            - name: plan
              mountPath: /plan
      volumes:
        - name: plan
          persistentVolumeClaim:
            claimName: plancast
"#
        )
    };
    let (shard, merge) = (pod(&shard, cpus), pod(&merge, 1));
    format!(
        "{about}apiVersion: batch/v1
kind: Job
metadata:
  name: {name}
spec:
  completionMode: Indexed
  completions: {shards}
  parallelism: {shards}
  backoffLimitPerIndex: 6
  maxFailedIndexes: {shards}
  template:
    spec:
{shard}---
apiVersion: batch/v1
kind: Job
metadata:
  name: {name}-merge
spec:
  backoffLimit: 6
  template:
    spec:
{merge}"
    )
}

/// A script that has GNU parallel run all shards, each up to three times, and merges them.
pub(super) fn parallel(job: &ShardedJob) -> String {
    let ShardedJob { run, merge, name: _, shards, threads } = job;
    let threads = if threads.is_some() { "" } else { " --threads 1" };
    let about = comment(tr!(super::super::language(), "cli-jobs-parallel"));
    // A command of whole lines, in which parallel replaces nothing.
    format!(
        r#"#!/bin/bash
{about}{BEGIN}numbers="${{1:-1-{shards}}}"
shard=$(cat <<'SHARD'
"${{PLANCAST:-plancast}}" {run}{threads} --shard
SHARD
)
for range in ${{numbers//,/ }}; do
    for number in $(seq "${{range%-*}}" "${{range#*-}}"); do
        printf '%s %s/{shards}\n' "$shard" "$number"
    done
done | parallel --retries 3 || echo "parallel: $?" >&2
exec "${{PLANCAST:-plancast}}" {merge}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_jobs_are_those_that_every_engine_takes() {
        assert_eq!(plain_name(&["plan"]), "plancast-plan");
        assert_eq!(plain_name(&["Carbon Peak_2030"]), "plancast-carbon-peak-2030");
        assert_eq!(plain_name(&["吕梁"]), "plancast");
        assert_eq!(plain_name(&["a", "b"]), "plancast");
        assert!(plain_name(&["x".repeat(300).as_str()]).len() <= 40);
    }
}
