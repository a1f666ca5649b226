//! The whole chain on one screen: knowledge in, a record in, rows out.
//!
//! An [`Analyzer`] is built once and shared by all threads; each thread brings its own [`Scratch`]. Reading a record
//! may find nothing to read; analysing an article can't fail.

use crate::article::{Article, Record};
use crate::code::Id;
use crate::document::{Document, Mention, ROOT, Sentence, Token};
use crate::events::{EventContext, EventScratch, Events};
use crate::figures::{self, FigureContext, FigureSet};
use crate::grammar::{Deprel, Upos, Xpos, Zone};
use crate::knowledge::{Actors, Countries, Gazetteer, Persons, StandIns, Titles};
use crate::language::{Breaks, Language, RawToken};
use crate::names::{NameLexicon, NameModel, NameScratch, NameSpan, NameToken};
use crate::network::{Isa, Network, NetworkScratch, WordAnalysis};
use crate::places::{self, PlaceSet};
use crate::quantities::{self, Quantities};
use crate::quotes::{self, Quotes};
use crate::reading::{Outcome, Reader};
use crate::recase::Recaser;
use crate::sentiment::{self, Sentiment};
use crate::span::Span;
use crate::tables::Rows;
use crate::write;
use crate::{document::Parsed, language};
use seeds::table::Table;
use seeds::{SeedError, Seeds};
use std::ops::Range;

/// The linguistic core: what sentences, words, tags, trees, lemmas and names need. It stands alone for those who
/// want no more than that, and is there in a third of the time of an [`Analyzer`].
pub struct Core {
    language: Language,
    network: Network,
    names: NameModel,
    stand_ins: StandIns,
}

/// Everything the stages know, compiled; shared by all threads.
pub struct Analyzer {
    reader: Reader,
    recaser: Recaser,
    core: Core,
    countries: Countries,
    titles: Titles,
    actors: Actors,
    gazetteer: Gazetteer,
    persons: Persons,
    quantities: Quantities,
    quotes: Quotes,
    sentiment: Sentiment,
    events: Events,
}

/// One thread's buffers, reused from article to article.
#[derive(Default)]
pub struct Scratch {
    raw: Vec<RawToken>,
    ranges: Vec<Range<u32>>,
    spans: Vec<Range<usize>>,
    analyses: Vec<WordAnalysis>,
    found: Vec<NameSpan>,
    language: language::Scratch,
    network: NetworkScratch,
    names: NameScratch,
    quantities: quantities::Scratch,
    quotes: quotes::Scratch,
    sentiment: sentiment::Scratch,
    /// The linguistic analysis of the last article.
    pub parsed: Parsed,
    /// Its figures.
    pub figures: FigureSet,
    /// Its places.
    pub places: PlaceSet,
    /// Its events.
    pub events: EventScratch,
}

/// Verb forms that the model's lemma rules get wrong.
const VERB_FORMS: &str = "lexicon/verb_forms.tsv";

impl Core {
    /// Compiles the data files that it needs.
    ///
    /// # Errors
    /// A data file that is missing or a line that doesn't say what it should, with file and line.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let model = |file: &str, what: String| SeedError::line(file, 1, what);
        let (core, names) = ("models/core.bin", "models/names.bin");
        let lexicon = NameLexicon::load(seeds)?;
        let mut network = Network::read(seeds.bytes(core)?).map_err(|e| model(core, e.to_string()))?;
        let forms = Table::parse(VERB_FORMS, seeds.text(VERB_FORMS)?)?;
        let [form, lemma] = [forms.column("form")?, forms.column("lemma")?];
        network.add_verb_forms(forms.rows().map(|row| (row.cell(form), row.cell(lemma))));
        Ok(Self {
            language: Language::load(seeds)?,
            network,
            names: NameModel::read(seeds.bytes(names)?, lexicon).map_err(|e| model(names, e.to_string()))?,
            stand_ins: StandIns::new(seeds)?,
        })
    }

    /// The same core on another instruction set, where this machine has it; its answers are the same bits.
    #[must_use]
    pub fn with_isa(self, isa: Isa) -> Self {
        Self { network: self.network.with_isa(isa), ..self }
    }

    /// The instruction set in use.
    pub fn isa(&self) -> Isa {
        self.network.isa()
    }
}

impl Analyzer {
    /// Compiles the data files.
    ///
    /// # Errors
    /// A data file that is missing or a line that doesn't say what it should, with file and line.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        Ok(Self {
            reader: Reader::new(seeds)?,
            recaser: Recaser::new(seeds)?,
            core: Core::new(seeds)?,
            countries: Countries::new(seeds)?,
            titles: Titles::new(seeds)?,
            actors: Actors::new(seeds)?,
            gazetteer: Gazetteer::new(seeds)?,
            persons: Persons::new(seeds)?,
            quantities: Quantities::new(seeds)?,
            quotes: Quotes::new(seeds)?,
            sentiment: Sentiment::new(seeds)?,
            events: Events::new(seeds)?,
        })
    }

    /// The same analyzer on another instruction set, where this machine has it; its rows are the same.
    #[must_use]
    pub fn with_isa(self, isa: Isa) -> Self {
        Self { core: self.core.with_isa(isa), sentiment: self.sentiment.with_isa(isa), ..self }
    }

    /// The linguistic core.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// A record becomes articles.
    pub fn read(&self, record: Record) -> Outcome {
        let mut outcome = self.reader.read(record);
        outcome.articles.iter_mut().for_each(|article| self.recaser.mend(article));
        outcome
    }

    /// The event rules, for those who explain or test them.
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// An article becomes rows of every table.
    pub fn analyze(&self, article: &Article, scratch: &mut Scratch, rows: &mut Rows) -> Id {
        self.parse(article, scratch);
        self.extract(article, scratch);
        self.write(article, scratch, rows)
    }

    /// Sentences, words, tags, trees, lemmas and names, into `scratch.parsed`.
    pub fn parse(&self, article: &Article, scratch: &mut Scratch) {
        self.core.parse(article, scratch);
    }

    /// The same for a text as it comes, without zones.
    pub fn parse_raw(&self, text: &str, scratch: &mut Scratch) {
        self.core.parse_raw(text, scratch);
    }
}

impl Core {
    /// Sentences, words, tags, trees, lemmas and names of an article, into `scratch.parsed`.
    pub fn parse(&self, article: &Article, scratch: &mut Scratch) {
        scratch.parsed.clear();
        let text = article.letters();
        scratch.parsed.chars.learn(text);
        for (index, block) in article.blocks.iter().enumerate() {
            let span = block.span.start..block.span.end;
            let Scratch { raw, ranges, language, .. } = scratch;
            raw.clear();
            ranges.clear();
            // A dateline is no part of the first sentence.
            let dateline = article.dateline.filter(|d| block.span.contains(*d)).map(|d| d.end);
            if let Some(end) = dateline {
                self.language.split(text, span.start..end, Breaks::Kept, language, raw, ranges);
                self.language.split(text, end..span.end, Breaks::Kept, language, raw, ranges);
            } else {
                self.language.split(text, span, Breaks::Kept, language, raw, ranges);
            }
            collect(scratch, index as u32, block.zone);
        }
        self.tag(text, scratch);
    }

    /// The same for a text as it comes, without zones.
    pub fn parse_raw(&self, text: &str, scratch: &mut Scratch) {
        scratch.parsed.clear();
        scratch.parsed.chars.learn(text);
        scratch.raw.clear();
        scratch.ranges.clear();
        self.language.split_raw(text, &mut scratch.language, &mut scratch.raw, &mut scratch.ranges);
        collect(scratch, 0, Zone::Body);
        self.tag(text, scratch);
    }

    fn tag(&self, text: &str, scratch: &mut Scratch) {
        let Scratch { parsed, analyses, network, spans, names, found, .. } = scratch;
        let words: Vec<&str> = parsed.tokens.iter().map(|t| t.span.of(text)).collect();
        let familiar: Vec<&str> = words.iter().map(|w| self.stand_ins.familiar(w)).collect();
        spans.clear();
        for sentence in &parsed.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            spans.push(range.clone());
            self.network.analyze(familiar.get(range.clone()).unwrap_or(&[]), network, analyses);
            let tokens = parsed.tokens.get_mut(range.clone()).unwrap_or(&mut []);
            for (token, analysis) in tokens.iter_mut().zip(analyses.iter()) {
                let start = parsed.lemmas.len();
                self.network.lemma_into(token.span.of(text), analysis.xpos, network, &mut parsed.lemmas);
                token.lemma = Span::new(start, parsed.lemmas.len());
                token.upos = analysis.upos;
                token.xpos = analysis.xpos;
                token.deprel = analysis.deprel;
                token.head = if analysis.head == ROOT { ROOT } else { sentence.tokens.start + analysis.head };
            }
            crate::syntax::repair::sentence(tokens, sentence.tokens.start, |t| t.span.of(text));
        }
        let mut space = true;
        let tokens: Vec<NameToken<'_>> = words
            .iter()
            .zip(&parsed.tokens)
            .map(|(text, token)| {
                let before = std::mem::replace(&mut space, token.space_after);
                NameToken { text, space_before: before, tag: token.xpos, relation: token.deprel }
            })
            .collect();
        self.names.tag_document(spans, &tokens, names, found);
        let mut sentence = 0;
        for name in found.iter() {
            while spans.get(sentence).is_some_and(|s| s.end <= name.tokens.start) {
                sentence += 1;
            }
            let (Some(first), Some(last)) = (
                parsed.tokens.get(name.tokens.start),
                name.tokens.end.checked_sub(1).and_then(|e| parsed.tokens.get(e)),
            ) else {
                continue;
            };
            parsed.names.push(Mention {
                tokens: name.tokens.start as u32..name.tokens.end as u32,
                span: first.span.cover(last.span),
                label: name.label,
                sentence: sentence as u32,
                confidence: Some(f32::from(name.confidence) / 255.0),
            });
        }
    }
}

impl Analyzer {
    /// Figures, places and events, into `scratch`.
    pub fn extract(&self, article: &Article, scratch: &mut Scratch) {
        let Scratch { parsed, figures, places, events, .. } = scratch;
        let doc = Document { article, parsed };
        let home = figures::home_country(doc, &self.countries);
        places::find(doc, &self.countries, &self.gazetteer, &self.actors, home, places);
        let context = FigureContext {
            doc,
            places,
            titles: &self.titles,
            countries: &self.countries,
            actors: &self.actors,
            persons: &self.persons,
            gazetteer: &self.gazetteer,
        };
        figures::find(context, figures);
        let context = EventContext {
            doc,
            figures,
            places,
            countries: &self.countries,
            actors: &self.actors,
            home: places.home,
            dateline: figures::dateline_country(doc, &self.countries, &self.gazetteer),
            forms: &[],
        };
        self.events.find(context, events);
    }

    /// Writes everything that was found of an article; gives its id.
    pub fn write(&self, article: &Article, scratch: &mut Scratch, rows: &mut Rows) -> Id {
        let Scratch { parsed, figures, places, events, quantities, quotes, sentiment, .. } = scratch;
        let doc = Document { article, parsed };
        let id = write::article_id(article);
        let tone = self.sentiment.extract(&doc, id, figures, sentiment, &mut rows.sentiment);
        write::article(&doc, id, tone.article, rows);
        write::sentences(&doc, id, &tone.sentences, rows);
        write::entities(&doc, id, figures, places, rows);
        let context = EventContext {
            doc,
            figures,
            places,
            countries: &self.countries,
            actors: &self.actors,
            home: places.home,
            dateline: figures::dateline_country(doc, &self.countries, &self.gazetteer),
            forms: &[],
        };
        self.events.write(context, id, events, rows);
        figures::write(doc, id, figures, rows);
        self.quantities.extract(&doc, id, quantities, rows);
        self.quotes.extract(&doc, id, figures, quotes, &mut rows.quotes);
        id
    }
}

/// Moves the sentences and tokens just split into the document; tags come later.
fn collect(scratch: &mut Scratch, block: u32, zone: Zone) {
    let Scratch { raw, ranges, parsed, .. } = scratch;
    let base = parsed.tokens.len() as u32;
    for token in raw.iter() {
        parsed.tokens.push(Token {
            span: token.span,
            lemma: Span::default(),
            head: ROOT,
            upos: Upos::X,
            xpos: Xpos::Fw,
            deprel: Deprel::Dep,
            mwt: token.mwt,
            space_after: token.space_after,
        });
    }
    for range in ranges.iter() {
        let tokens = raw.get(range.start as usize..range.end as usize).unwrap_or(&[]);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        parsed.sentences.push(Sentence {
            span: first.span.cover(last.span),
            tokens: base + range.start..base + range.end,
            zone,
            block,
        });
    }
}
