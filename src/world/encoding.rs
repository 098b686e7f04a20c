//! The encodings that files of data come in: UTF-8, UTF-16 with a byte order mark, and GB18030 (with GBK and GB2312).

use encoding_rs::GB18030;

/// How bytes were read as a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, as Excel's "Unicode text" is written.
    Utf16,
    /// GB18030, as Chinese Windows saves a CSV file.
    Gb18030,
}

impl Encoding {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Gb18030 => "GB18030",
        }
    }
}

/// The text of bytes that are UTF-8, or UTF-16 where a byte order mark says so, as programs on Windows write it.
pub fn unicode(bytes: Vec<u8>) -> Result<(String, Encoding), Vec<u8>> {
    let unit: fn([u8; 2]) -> u16 = match bytes.get(..2) {
        Some([0xff, 0xfe]) => u16::from_le_bytes,
        Some([0xfe, 0xff]) => u16::from_be_bytes,
        _ => {
            let text = String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes)?;
            return Ok((text, Encoding::Utf8));
        }
    };
    let (units, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = units.iter().copied().map(unit).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok((text, Encoding::Utf16)),
        _ => Err(bytes),
    }
}

/// The text of bytes that are GB18030; `None` where they are not, or where they look like another encoding.
///
/// Most bytes of a text in Latin-1 are a text in GB18030 as well, of rare characters. In Chinese texts nearly all
/// characters are those of GB2312, both of whose bytes lie above 0xA0, and four of five must be.
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    let (mut common, mut rare, mut at) = (0_usize, 0_usize, 0);
    while at < bytes.len() {
        let width = match (bytes[at], bytes.get(at + 1)) {
            (0..=0x7f, _) => 1,
            (0xa1..=0xf7, Some(0xa1..=0xfe)) => {
                common += 1;
                2
            }
            (_, Some(0x30..=0x39)) => {
                rare += 1;
                4
            }
            _ => {
                rare += 1;
                2
            }
        };
        at += width;
    }
    if common < 4 * rare {
        return None;
    }
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_texts_are_known_and_latin_ones_are_not_taken_for_them() {
        // "地区,产值" as GB2312 has it.
        let chinese = b"\xb5\xd8\xc7\xf8,\xb2\xfa\xd6\xb5\n";
        assert_eq!(gb18030(chinese).as_deref(), Some("地区,产值\n"));
        // "Région;Côte d'Ivoire;Österreich" and "Türkiye" in Latin-1.
        assert_eq!(gb18030(b"R\xe9gion;C\xf4te d'Ivoire;\xd6sterreich\n"), None);
        assert_eq!(gb18030(b"T\xfcrkiye\n"), None);
        assert_eq!(gb18030(b"\xff\xff\n"), None);
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        let text = "a\t产\n";
        let units = || std::iter::once('\u{feff}').chain(text.chars());
        let little: Vec<u8> = units().flat_map(|c| (c as u32 as u16).to_le_bytes()).collect();
        let big: Vec<u8> = units().flat_map(|c| (c as u32 as u16).to_be_bytes()).collect();
        for bytes in [little.clone(), big] {
            assert_eq!(unicode(bytes), Ok((format!("\u{feff}{text}"), Encoding::Utf16)));
        }
        let cut = little[..little.len() - 1].to_vec();
        assert_eq!(unicode(cut.clone()), Err(cut), "half a character is none");
    }
}
