//! The closed sets of grammar: UPOS and relations of Universal Dependencies, XPOS of the Penn treebank as UD English
//! writes it, entity kinds of OntoNotes, zones of an article. Each label is one byte and knows its name.

/// Defines a set of labels that prints and parses its names; the order is part of the model format.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($label:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the names are the documentation of their standards")]
        #[repr(u8)]
        pub enum $name { $($label),+ }

        impl $name {
            /// Every label, in order.
            pub const ALL: &[Self] = &[$(Self::$label),+];

            /// The label's name in its standard.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$label => $text),+ }
            }

            /// The label of a name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$label),)+ _ => None }
            }
        }
    };
}

labels! {
    /// Universal part of speech (<https://universaldependencies.org/u/pos/>).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// Penn treebank tag as the UD English treebanks use it.
    Xpos {
        Nn = "NN", In = "IN", Dt = "DT", Nnp = "NNP", Jj = "JJ", Prp = "PRP", Stop = ".", Rb = "RB", Comma = ",",
        Nns = "NNS", Vb = "VB", Cc = "CC", Vbp = "VBP", Vbd = "VBD", Vbz = "VBZ", Cd = "CD", Vbn = "VBN",
        Vbg = "VBG", To = "TO", Md = "MD", PrpS = "PRP$", Uh = "UH", Colon = ":", Rrb = "-RRB-", Lrb = "-LRB-",
        Wdt = "WDT", Wrb = "WRB", Wp = "WP", Hyph = "HYPH", Open = "``", Close = "''", Rp = "RP", Pos = "POS",
        Nnps = "NNPS", Jjr = "JJR", Jjs = "JJS", Ex = "EX", Rbr = "RBR", Nfp = "NFP", Fw = "FW", Sym = "SYM",
        Add = "ADD", Gw = "GW", Pdt = "PDT", Dollar = "$", Rbs = "RBS", Ls = "LS", Afx = "AFX", WpS = "WP$",
    }
}

labels! {
    /// Basic dependency relation with UD English subtypes (<https://universaldependencies.org/en/dep/>).
    Deprel {
        Punct = "punct", Case = "case", Det = "det", Nsubj = "nsubj", Root = "root", Advmod = "advmod",
        Amod = "amod", Obj = "obj", Obl = "obl", Conj = "conj", Nmod = "nmod", Compound = "compound", Cc = "cc",
        Mark = "mark", Aux = "aux", Cop = "cop", NmodPoss = "nmod:poss", Advcl = "advcl", Xcomp = "xcomp",
        Flat = "flat", AclRelcl = "acl:relcl", Ccomp = "ccomp", Parataxis = "parataxis", Acl = "acl",
        AuxPass = "aux:pass", Nummod = "nummod", Appos = "appos", NsubjPass = "nsubj:pass",
        Discourse = "discourse", OblUnmarked = "obl:unmarked", NmodUnmarked = "nmod:unmarked",
        CompoundPrt = "compound:prt", Expl = "expl", Fixed = "fixed", Iobj = "iobj", List = "list",
        OblAgent = "obl:agent", Dep = "dep", Reparandum = "reparandum", NmodDesc = "nmod:desc", Csubj = "csubj",
        NsubjOuter = "nsubj:outer", DetPredet = "det:predet", AdvclRelcl = "advcl:relcl", Vocative = "vocative",
        Goeswith = "goeswith", CcPreconj = "cc:preconj", Orphan = "orphan", Dislocated = "dislocated",
        CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer",
    }
}

labels! {
    /// Kind of a named entity: the 18 kinds of OntoNotes 5.
    EntityLabel {
        Person = "PERSON", Norp = "NORP", Fac = "FAC", Org = "ORG", Gpe = "GPE", Loc = "LOC", Product = "PRODUCT",
        Event = "EVENT", WorkOfArt = "WORK_OF_ART", Law = "LAW", Language = "LANGUAGE", Date = "DATE",
        Time = "TIME", Percent = "PERCENT", Money = "MONEY", Quantity = "QUANTITY", Ordinal = "ORDINAL",
        Cardinal = "CARDINAL",
    }
}

labels! {
    /// Part of an article; nothing is extracted from `boilerplate`.
    Zone {
        Title = "title", Summary = "summary", Caption = "caption", Body = "body", Boilerplate = "boilerplate",
    }
}

impl Zone {
    /// Whether it belongs to the article, so that something may be extracted from it.
    pub fn is_text(self) -> bool {
        self != Self::Boilerplate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        assert!(Upos::ALL.iter().all(|l| Upos::parse(l.as_str()) == Some(*l)));
        assert!(Xpos::ALL.iter().all(|l| Xpos::parse(l.as_str()) == Some(*l)));
        assert!(Deprel::ALL.iter().all(|l| Deprel::parse(l.as_str()) == Some(*l)));
        assert_eq!(EntityLabel::ALL.len(), 18);
        assert_eq!(Zone::parse("advert"), None);
    }
}
