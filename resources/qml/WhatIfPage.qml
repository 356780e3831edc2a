import QtQuick

// One turn, one thing changed about it, and the reply that she would have given.
FocusScope {
    id: sheet

    required property var page
    required property var pages
    readonly property var turn: page.turn
    readonly property bool any: turn.number > 0
    readonly property bool live: any && turn.blocked === ""
    readonly property bool waits: page.change.runs || page.reads
    readonly property bool slow: waits && patience.over      // shorter waits are not felt, and not told

    function groupOf(kind: string): var { return turn.groups.find(group => group.kind === kind) || { choices: [] } }
    // Brings what was found into sight once it is laid out, but never at the price of what has the keyboard.
    function see() {
        const found = sight.item
        const top = found.mapToItem(scroll.contentItem, 0, 0).y - Look.px(44)
        const bottom = top + found.height + Look.px(64)
        const most = Math.max(0, scroll.contentHeight - scroll.height)
        if (bottom > scroll.contentY + scroll.height) scroll.contentY = Math.min(most, top, bottom - scroll.height)
        else if (top < scroll.contentY) scroll.contentY = Math.max(0, top)
        const focused = sheet.Window.activeFocusItem
        if (focused && scroll.within(focused)) scroll.reveal(focused)
    }

    component Row_: WhatIfRow {
        id: row
        property string kind: ""
        property string says: ""
        readonly property var choices: sheet.groupOf(kind).choices
        visible: choices.length > 0
        term: "whatif_" + kind
        WhatIfChoices {
            width: row.inner
            objectName: "choices-" + row.kind
            label: (Look.terms[row.term] || { name: row.kind }).name
            choices: row.choices
            chosen: sheet.page.change.chosen
            crossed: row.kind === "word"
            onPicked: key => sheet.page.change.choose(key)
        }
    }
    component Told: Mono {
        told: visible
        width: parent.width
        wrapMode: Text.Wrap
        lineHeight: 1.3
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    Timer { id: patience; property bool over: false; interval: 150; onTriggered: over = true }
    Timer { id: sight; property var item: outcome; interval: 60; onTriggered: sheet.see(); function look(at) { item = at; restart() } }
    onWaitsChanged: {
        patience.over = false
        waits ? patience.restart() : patience.stop()
    }
    onTurnChanged: { field.text = turn.reading; why_not.reset() }
    Component.onCompleted: field.text = turn.reading
    Connections {
        target: sheet.page.change
        function onOutcomeChanged() { if (sheet.page.change.outcome.was) sight.look(outcome) }
    }
    Connections {
        target: sheet.page
        function onWordsPut(words) { field.text = words }
        function onPointed(part) { sight.look(part === "rule" ? why_not : outcome) }
    }

    PageScroll {
        id: scroll
        objectName: "whatIf"
        spacing: Look.px(10)
        focus: true

        Told {
            objectName: "noTurn"
            visible: text !== ""
            topPadding: Look.px(8)
            text: sheet.turn.empty || (!sheet.any && sheet.slow ? "Reading the turn …" : "")
            color: Look.chalkSoft
            size: 13
        }

        Heading { objectName: "turnHeading"; visible: sheet.any; term: "whatif_turn"; note: sheet.slow && sheet.page.reads ? "reading the turn …" : sheet.any ? "turn " + sheet.turn.number + " · " + sheet.turn.at : "" }
        Told {
            objectName: "meantSaid"
            visible: sheet.any
            text: sheet.any ? "you: “" + sheet.turn.said + "”" : ""
            color: Look.chalkSoft
            size: 13
        }
        Told { visible: sheet.turn.taken !== ""; text: sheet.turn.taken; color: Look.chalkDim; size: 11.5 }
        WhatIfWords {
            objectName: "meantReply"
            visible: sheet.any
            width: parent.width
            height: implicitHeight
            pieces: sheet.turn.pieces
            size: Look.px(19)
            Accessible.role: Accessible.StaticText
            Accessible.name: "she: " + sheet.turn.reply
        }

        Heading { visible: sheet.any; term: "whatif_change" }
        Told { objectName: "blocked"; visible: sheet.any && text !== ""; text: sheet.turn.blocked; color: Look.chalkSoft }
        WhatIfRow {
            visible: sheet.live
            term: "whatif_said"
            Flow {
                width: parent.width
                spacing: Look.px(8)
                PaneField {
                    id: field
                    objectName: "saidField"
                    width: parent.width < Look.px(360) ? parent.width : parent.width - ask.width - Look.px(8)
                    quiet: true
                    label: "what if you had said"
                    placeholder: "what if you had said …"
                    onAccepted: sheet.page.change.say(text)
                }
                WhatIfLink {
                    id: ask
                    objectName: "say"
                    boxed: true
                    height: field.height
                    ink: sheet.page.change.chosen.includes("said") ? Look.glow : Look.chalk
                    text: "say this instead"
                    onClicked: sheet.page.change.say(field.text)
                }
            }
        }
        Repeater {
            model: ["word", "reading", "fact", "technique", "rule", "die"]
            Row_ { required property string modelData; kind: modelData; visible: sheet.live && choices.length > 0 }
        }

        Heading {
            visible: sheet.live
            objectName: "outcomeHeading"
            term: "whatif_outcome"
            note: sheet.slow && sheet.page.change.runs ? "running the turn again …" : ""
        }
        WhatIfOutcome { id: outcome; objectName: "outcome"; visible: sheet.live; width: parent.width; page: sheet.page; pages: sheet.pages }

        Heading { visible: sheet.live; term: "whatif_not" }
        WhatIfRule { id: why_not; visible: sheet.live; width: parent.width; page: sheet.page; pages: sheet.pages }

        Heading { visible: sheet.any; term: "whatif_why"; note: sheet.page.why.waits ? "taking one thing away after the other …" : "" }
        WhatIfLink {
            objectName: "unfoldWhy"
            visible: sheet.any
            readonly property bool unfolded: sheet.page.why.open === true
            text: unfolded ? "▾ how this reply was made" : "▸ how this reply was made, and what it hung on"
            Accessible.name: "how this reply was made, and what it hung on"
            Accessible.description: unfolded ? "unfolded" : "folded"
            Accessible.checkable: true
            Accessible.checked: unfolded
            width: Math.min(implicitWidth, parent.width)
            onClicked: sheet.page.why.unfold(!unfolded)
        }
        Told {
            objectName: "whyParagraph"
            visible: sheet.any && sheet.page.why.open === true && text !== ""
            text: sheet.page.why.answer.trouble || sheet.page.why.answer.paragraph
        }
        Repeater {
            model: sheet.any && sheet.page.why.open === true ? sheet.page.why.answer.causes : []
            Told { required property string modelData; leftPadding: Look.px(16); text: "· " + modelData; color: Look.chalkSoft }
        }
        Item { width: 1; height: Look.px(8) }
    }
}
