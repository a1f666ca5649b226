//! Furniture that stands inside paragraphs and between them: a page's foot, a picture's frame, shouted headlines; lines
//! broken at no one column.

use super::tests::{field, zone};
use crate::grammar::Zone;

const LEAD: &str =
    "The harbour council of Port Aster agreed on Tuesday to reopen the eastern quay after eleven months.";
const MORE: &str = "Officials from both towns will meet again next month to settle the price of the repairs.";

#[test]
fn the_last_sentences_of_a_paragraph_may_be_a_foot() {
    let foot = "Follow Aster News on Facebook and Instagram. Send your story ideas to desk@example.org";
    let read = field(None, &format!("{LEAD}\n\n{MORE} {foot}"));
    assert_eq!(zone(&read, Zone::Boilerplate).join(" "), foot);
    let text = "He said: Follow the river. Nobody did. The mayor put his appeal on Facebook.";
    assert!(zone(&field(None, &format!("{LEAD}\n\n{MORE} {text}")), Zone::Boilerplate).is_empty());
}

#[test]
fn the_frame_of_a_picture_is_cut_out_of_a_paragraph() {
    let read =
        field(None, &format!("{LEAD} {MORE} Image copyright ABC Image caption The quay was built in 1911"));
    assert_eq!(zone(&read, Zone::Boilerplate), ["Image copyright ABC Image caption"]);
}

#[test]
fn a_shouted_headline_between_paragraphs_is_another_storys() {
    let shout = "MAYOR OF PORT ASTER VOWS TO SELL ALL SHIPS BY SPRING";
    let read = field(None, &format!("{LEAD}\n\n{MORE}\n\n{shout}\n\n{LEAD}\n\n{MORE}"));
    assert_eq!(zone(&read, Zone::Boilerplate), [shout]);
    let heading = "WHAT THE COUNCIL SAYS";
    let read = field(None, &format!("{LEAD}\n\n{MORE}\n\n{heading}\n\n{LEAD}\n\n{MORE}"));
    assert!(zone(&read, Zone::Boilerplate).is_empty());
}

#[test]
fn lines_broken_at_no_one_column_are_joined() {
    let text = "A committee of the harbour council of Port Aster and its friends agreed on Tuesday that it would \
                pay for the quay.\nThe chairman said in a long letter to the\nministry that nobody had asked the \
                fishermen of the\nbay, whose boats have been lying there for months and who are now\nwaiting for \
                money that was promised by Mayor Ann\nLow and by the deputy mayor, who have since been\nsilent about \
                the whole affair and who did not come\nto the meeting on Tuesday night because they had\nto travel.";
    let read = field(None, text);
    assert!(zone(&read, Zone::Body).iter().any(|b| b.contains("Mayor Ann Low and by")), "{read:?}");
}
