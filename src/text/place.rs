//! Where something was written: a file and a range of its bytes.

/// A range of bytes in one of the [`Files`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Number of the file in [`Files`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Place {
    /// Bytes `start..end` of file `file`.
    pub fn new(file: u32, start: usize, end: usize) -> Self {
        Self { file, start: start as u32, end: end as u32 }
    }

    /// The part `start..end` of this place, counted from its first byte and kept inside it.
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Self {
        let clip = |offset: usize| (self.start + offset as u32).min(self.end);
        Self { file: self.file, start: clip(start), end: clip(end).max(clip(start)) }
    }
}

/// A text that was read, with the name under which the user knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as the user gave it, or `plan.toml (built in)`, or `--set`.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// SHA-256 of the bytes that it was read from, in hex; empty where it was not read.
    pub sha256: String,
    /// Whether it was read from a file of the disk that has this name.
    pub on_disk: bool,
}

/// All texts that a scenario was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(Vec<SourceFile>);

impl Files {
    /// Adds a text; its number goes into places.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        self.add_read(name, text, String::new(), false)
    }

    /// Adds a text that was read from bytes with this SHA-256, of a file on the disk or from elsewhere.
    pub fn add_read(
        &mut self,
        name: impl Into<String>,
        text: impl Into<String>,
        sha256: String,
        on_disk: bool,
    ) -> u32 {
        self.0.push(SourceFile { name: name.into(), text: text.into(), sha256, on_disk });
        self.0.len() as u32 - 1
    }

    /// The file of a place.
    pub fn get(&self, file: u32) -> Option<&SourceFile> {
        self.0.get(file as usize)
    }

    /// All files, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.0.iter()
    }

    /// Line and column of a place's first character, both from 1; the column counts characters.
    pub fn line_column(&self, place: Place) -> (usize, usize) {
        let Some(file) = self.get(place.file) else { return (1, 1) };
        let mut start = (place.start as usize).min(file.text.len());
        while !file.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &file.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.bytes().filter(|byte| *byte == b'\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut files = Files::default();
        let file = files.add("a.toml", "x = 1\n煤炭 = 2\n");
        let two = "x = 1\n煤炭 = ".len();
        assert_eq!(files.line_column(Place::new(file, two, two + 1)), (2, 6));
    }

    #[test]
    fn a_part_stays_inside_its_place() {
        let place = Place::new(0, 10, 14);
        assert_eq!(place.part(1, 2), Place::new(0, 11, 12));
        assert_eq!(place.part(3, 99), Place::new(0, 13, 14));
    }
}
