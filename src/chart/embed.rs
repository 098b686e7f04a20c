//! The letters of a figure within the figure: a font of only the characters that it uses, so that an SVG or a
//! page shows the same wherever it is opened, on a machine without Chinese fonts too.

use std::collections::BTreeSet;
use std::io::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::ZlibEncoder};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, Tag};

use super::font::{BYTES, FAMILY};

/// An SVG that carries the letters of its texts. Where the font has none of them it stays as it is.
pub fn with_letters(svg: &str) -> String {
    match (svg.find("<title>"), rule(&written(svg))) {
        (Some(place), Some(rule)) => {
            format!("{}<style>{rule}</style>\n{}", &svg[..place], &svg[place..])
        }
        _ => svg.to_owned(),
    }
}

/// The CSS rule that declares our font with the characters of a text; nothing where it has none of them.
pub fn rule(text: &str) -> Option<String> {
    let font = STANDARD.encode(woff(text)?);
    Some(format!("@font-face{{font-family:'{FAMILY}';src:url(data:font/woff;base64,{font}) format('woff')}}"))
}

/// What an SVG writes: the texts, and the characters that stand there as entities.
fn written(svg: &str) -> String {
    let texts = svg.split("<text").skip(1).filter_map(|rest| rest.split_once('>'));
    let mut written: String = texts.filter_map(|(_, rest)| rest.split("</text>").next()).collect();
    written.push_str("&<>\"'");
    written
}

/// A font of the characters of a text as WOFF 1.0 (W3C, 2012).
fn woff(text: &str) -> Option<Vec<u8>> {
    let face = Face::parse(BYTES, 0).ok()?;
    let characters: BTreeSet<char> = text.chars().filter(|c| !c.is_control()).collect();
    let mut glyphs = GlyphRemapper::new();
    let map: Vec<(u32, u16)> = characters
        .iter()
        .filter_map(|&c| Some((u32::from(c), glyphs.remap(face.glyph_index(c)?.0))))
        .collect();
    if map.is_empty() {
        return None;
    }
    let font = subsetter::subset(BYTES, 0, &glyphs).ok()?;
    // What a page needs beside what a printed document does.
    let mut tables = tables(&font)?;
    tables.push((*b"cmap", character_map(&map)));
    tables.push((*b"OS/2", face.raw_face().table(Tag::from_bytes(b"OS/2"))?.to_vec()));
    tables.sort();
    packed(&tables)
}

type FontTable = ([u8; 4], Vec<u8>);

/// The tables of an OpenType font.
fn tables(font: &[u8]) -> Option<Vec<FontTable>> {
    let number = |at: usize| Some(u32::from_be_bytes(font.get(at..at + 4)?.try_into().ok()?) as usize);
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let entry = |place: usize| {
        let at = 12 + 16 * place;
        let (start, length) = (number(at + 8)?, number(at + 12)?);
        Some((font.get(at..at + 4)?.try_into().ok()?, font.get(start..start + length)?.to_vec()))
    };
    (0..count).map(entry).collect()
}

/// From characters to glyphs: a `cmap` table with one subtable, of format 12.
fn character_map(map: &[(u32, u16)]) -> Vec<u8> {
    let mut table = Vec::new();
    // Version 0, one subtable, of platform 3 (Windows) and encoding 10 (all of Unicode), 12 bytes on.
    for number in [0_u16, 1, 3, 10, 0, 12, 12, 0] {
        table.extend(number.to_be_bytes());
    }
    let groups = map.len() as u32;
    for number in [16 + 12 * groups, 0, groups] {
        table.extend(number.to_be_bytes());
    }
    for &(character, glyph) in map {
        for number in [character, character, u32::from(glyph)] {
            table.extend(number.to_be_bytes());
        }
    }
    table
}

/// Tables as WOFF: a header, a directory, and each table deflated.
fn packed(tables: &[FontTable]) -> Option<Vec<u8>> {
    let padded = |length: usize| length.next_multiple_of(4);
    let (mut directory, mut body) = (Vec::new(), Vec::new());
    let first = 44 + 20 * tables.len();
    for (tag, plain) in tables {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).ok()?;
        let deflated = encoder.finish().ok()?;
        let stored = if deflated.len() < plain.len() { &deflated } else { plain };
        directory.extend(tag);
        for number in [(first + body.len()) as u32, stored.len() as u32, plain.len() as u32, sum(plain)] {
            directory.extend(number.to_be_bytes());
        }
        body.extend(stored);
        body.resize(padded(body.len()), 0);
    }
    let whole = 12 + 16 * tables.len() + tables.iter().map(|(_, plain)| padded(plain.len())).sum::<usize>();
    let mut font = b"wOFFOTTO".to_vec();
    font.extend(((first + body.len()) as u32).to_be_bytes());
    font.extend((tables.len() as u16).to_be_bytes());
    font.extend([0, 0]);
    font.extend((whole as u32).to_be_bytes());
    // Version 1.0; no metadata, nothing private.
    font.extend([0, 1, 0, 0]);
    font.resize(44, 0);
    font.extend(directory);
    font.extend(body);
    Some(font)
}

/// The checksum of a table: its 32-bit words added up.
fn sum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| {
        let mut four = [0; 4];
        four[..bytes.len()].copy_from_slice(bytes);
        u32::from_be_bytes(four)
    };
    table.chunks(4).fold(0_u32, |sum, bytes| sum.wrapping_add(word(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::canvas::{Anchor, Size, draw};
    use crate::chart::style::INK;

    fn page(text: &str) -> String {
        draw(Size { width: 100, height: 30 }, "", |c| c.text(text, (5.0, 20.0), Anchor::Start, 16.0, INK))
    }

    /// The font within an SVG, unpacked to OpenType.
    fn unpacked(svg: &str) -> Vec<u8> {
        let encoded = svg.split("base64,").nth(1).unwrap().split(')').next().unwrap();
        let woff = STANDARD.decode(encoded).unwrap();
        let number = |at: usize| u32::from_be_bytes(woff[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&woff[..8], number(8)), (&b"wOFFOTTO"[..], woff.len()));
        let count = usize::from(u16::from_be_bytes(woff[12..14].try_into().unwrap()));
        let (mut head, mut body) = (b"OTTO".to_vec(), Vec::new());
        head.extend((count as u16).to_be_bytes());
        head.extend([0; 6]);
        for entry in (0..count).map(|k| 44 + 20 * k) {
            let stored = &woff[number(entry + 4)..number(entry + 4) + number(entry + 8)];
            let mut plain = Vec::new();
            if stored.len() < number(entry + 12) {
                std::io::copy(&mut flate2::read::ZlibDecoder::new(stored), &mut plain).unwrap();
            } else {
                plain.extend(stored);
            }
            head.extend(&woff[entry..entry + 4]);
            head.extend(&woff[entry + 16..entry + 20]);
            head.extend(((12 + 16 * count + body.len()) as u32).to_be_bytes());
            head.extend((plain.len() as u32).to_be_bytes());
            body.extend(plain);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        [head, body].concat()
    }

    #[test]
    fn a_figure_carries_the_letters_of_its_texts_and_no_others() {
        let svg = with_letters(&page("地区 < 2,200"));
        assert!(roxmltree::Document::parse(&svg).is_ok());
        let font = unpacked(&svg);
        let face = Face::parse(&font, 0).unwrap();
        let ours = Face::parse(BYTES, 0).unwrap();
        for c in "地区<2,0".chars() {
            let advance = |face: &Face| face.glyph_hor_advance(face.glyph_index(c).unwrap());
            assert_eq!(advance(&face), advance(&ours), "{c}");
        }
        assert_eq!(face.glyph_index('吕'), None);
        assert!(svg.len() < 8_000, "{} bytes", svg.len());
    }

    #[test]
    fn a_text_that_the_font_cannot_write_declares_no_font() {
        assert_eq!(rule("龘龖"), None);
    }

    #[test]
    fn checksums_add_words_and_fill_the_last_with_zeros() {
        assert_eq!(sum(&[0, 0, 0, 1, 0, 0, 1]), 1 + 256);
    }
}
