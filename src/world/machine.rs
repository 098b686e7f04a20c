//! How much memory this process may have: what the machine has, what its control group allows, and its own limits.

use std::fs;
use std::path::{Path, PathBuf};

/// The bytes of memory that this process may have; `None` where that cannot be found out.
pub fn memory() -> Option<u64> {
    [below(Path::new("/")), own_limit()].into_iter().flatten().min()
}

/// What the limits of this process's addresses (`ulimit -v`) and of what it can write to (`ulimit -d`) leave besides what it has already.
#[cfg(target_os = "linux")]
fn own_limit() -> Option<u64> {
    use rustix::process::{Resource, getrlimit};
    let [addresses, data] = [Resource::As, Resource::Data].map(|resource| getrlimit(resource).current);
    left(addresses, data, &fs::read_to_string("/proc/self/status").unwrap_or_default())
}

/// What limits of addresses and of data leave to the process whose `/proc/self/status` this is.
///
/// Addresses that are only set aside count as free: the allocator sets 64 MiB aside for each thread, and uses them first.
#[cfg(target_os = "linux")]
fn left(addresses: Option<u64>, data: Option<u64>, status: &str) -> Option<u64> {
    let taken = |names: &[&str]| -> u64 {
        let lines = status.lines().filter_map(|line| line.split_once(':'));
        let lines = lines.filter(|(name, _)| names.contains(name));
        lines.filter_map(|(_, size)| size.split_whitespace().next()?.parse::<u64>().ok()).sum::<u64>() * 1024
    };
    let addresses =
        addresses.map(|limit| limit.saturating_sub(taken(&["VmData", "VmStk", "VmExe", "VmLib"])));
    let data = data.map(|limit| limit.saturating_sub(taken(&["VmData"])));
    [addresses, data].into_iter().flatten().min()
}

#[cfg(not(target_os = "linux"))]
fn own_limit() -> Option<u64> {
    None
}

/// What the files of a Linux system say that lie below `root`.
fn below(root: &Path) -> Option<u64> {
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    let machine = of_machine(&read("proc/meminfo"));
    let groups = folders(&read("proc/self/cgroup"), &read("proc/self/mountinfo"));
    let group =
        groups.iter().filter_map(|(mount, folder, file)| of_group(&root.join(mount), folder, file)).min();
    [machine, group].into_iter().flatten().min()
}

/// `MemTotal` of `/proc/meminfo`, which is in KiB.
fn of_machine(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}

/// The least limit of a control group and of those that it lies in; one without a limit says `max` (version 2), or a
/// number larger than any memory (version 1).
fn of_group(mount: &Path, folder: &Path, file: &str) -> Option<u64> {
    let above = folder.ancestors();
    let limit = |folder: &Path| fs::read_to_string(mount.join(folder).join(file)).ok()?.trim().parse().ok();
    above.filter_map(limit).min().filter(|limit: &u64| *limit < 1 << 60)
}

/// Where the limits of this process's control groups stand: the mount and the folder within it, both from the root of
/// all files on, and the file. `groups` is `/proc/self/cgroup`, `mounts` is `/proc/self/mountinfo`.
fn folders(groups: &str, mounts: &str) -> Vec<(PathBuf, PathBuf, &'static str)> {
    let mut found = Vec::new();
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(folder)) = (parts.next(), parts.next()) else { continue };
        let (kind, file) = match controllers {
            "" => ("cgroup2", "memory.max"),
            memory if memory.split(',').any(|one| one == "memory") => ("cgroup", "memory.limit_in_bytes"),
            _ => continue,
        };
        let Some((mount, root)) = mount_of(mounts, kind) else { continue };
        // A container sees a part of the tree as the whole.
        let folder = folder.strip_prefix(root.trim_end_matches('/')).unwrap_or(folder);
        let plain = |path: &str| PathBuf::from(path.trim_start_matches('/'));
        found.push((plain(mount), plain(folder), file));
    }
    found
}

/// Where a kind of control groups is mounted, and what of it: fields 5 and 4 of a line; the kind and its options stand
/// behind a dash.
fn mount_of<'a>(mounts: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    mounts.lines().find_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let (before, after): (Vec<&str>, Vec<&str>) =
            (before.split(' ').collect(), after.split(' ').collect());
        let memory = kind == "cgroup2" || after.get(2)?.split(',').any(|option| option == "memory");
        (*after.first()? == kind && memory).then_some((*before.get(4)?, *before.get(3)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A system of these files.
    fn system(files: &[(&str, &str)]) -> Option<u64> {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        below(root.path())
    }

    const MACHINE: (&str, &str) = ("proc/meminfo", "MemTotal:        8000 kB\nMemFree: 1 kB\n");
    const TWO: (&str, &str) =
        ("proc/self/mountinfo", "31 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n");
    const ONE: (&str, &str) = (
        "proc/self/mountinfo",
        "33 32 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n36 32 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n",
    );

    /// The limits are those of `setrlimit(2)`: of addresses all kinds count that are used, of data only what is written to.
    #[test]
    #[cfg(target_os = "linux")]
    fn limits_leave_what_is_not_used_yet() {
        let status = "Name:\tplancast\nVmSize:\t  300000 kB\nVmData:\t   2000 kB\nVmStk:\t    100 kB\nVmExe:\t   7000 kB\nVmLib:\t    900 kB\n";
        let kib = |size: u64| Some(size * 1024);
        assert_eq!(left(kib(310_000), None, status), kib(300_000));
        assert_eq!(left(kib(310_000), kib(50_000), status), kib(48_000));
        assert_eq!(left(kib(5000), None, status), Some(0));
        assert_eq!(left(None, None, status), None);
    }

    #[test]
    fn without_a_control_group_it_is_that_of_the_machine() {
        assert_eq!(system(&[MACHINE]), Some(8_192_000));
        assert_eq!(system(&[]), None);
    }

    #[test]
    fn the_least_limit_of_a_group_and_those_above_it_holds() {
        let group = ("proc/self/cgroup", "0::/user/job\n");
        let limits = |job: &'static str, user: &'static str| {
            let job = ("sys/fs/cgroup/user/job/memory.max", job);
            system(&[MACHINE, TWO, group, job, ("sys/fs/cgroup/user/memory.max", user)])
        };
        assert_eq!(limits("4000000\n", "max\n"), Some(4_000_000));
        assert_eq!(limits("4000000\n", "3000000\n"), Some(3_000_000));
        assert_eq!(limits("max\n", "max\n"), Some(8_192_000));
        assert_eq!(limits("9000000\n", "max\n"), Some(8_192_000), "the machine has less");
    }

    #[test]
    fn groups_of_version_1_are_read_as_well() {
        let group = ("proc/self/cgroup", "5:cpu:/x\n4:cpuacct,memory:/docker/ab\n0::/\n");
        let limit = |text: &'static str| {
            system(&[MACHINE, ONE, group, ("sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes", text)])
        };
        assert_eq!(limit("2000000\n"), Some(2_000_000));
        assert_eq!(limit("9223372036854771712\n"), Some(8_192_000), "that is no limit");
    }

    #[test]
    fn a_container_that_sees_a_part_of_the_tree_finds_its_limit() {
        let mounts =
            ("proc/self/mountinfo", "31 23 0:26 /docker/ab /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        let files = [
            MACHINE,
            mounts,
            ("proc/self/cgroup", "0::/docker/ab\n"),
            ("sys/fs/cgroup/memory.max", "1000\n"),
        ];
        assert_eq!(system(&files), Some(1000));
    }
}
