import QtQuick

// One turn, one thing changed about it, and the reply that she would have given.
FocusScope {
    id: sheet

    required property var page
    required property var pages
    readonly property var turn: page.turn
    readonly property bool any: turn.number > 0
    readonly property bool open: any && turn.blocked === ""
    readonly property bool slow: page.runs && patience.over

    function groupOf(kind: string): var { return turn.groups.find(group => group.kind === kind) || { choices: [] } }
    function see(item) {
        const focused = sheet.Window.activeFocusItem
        scroll.reveal(item)
        if (focused && focused !== field.input && scroll.within(focused)) scroll.reveal(focused)
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
            chosen: sheet.page.chosen
            crossed: row.kind === "word"
            onPicked: key => sheet.page.choose(key)
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

    Timer { id: patience; property bool over: false; interval: 150; running: sheet.page.runs; onRunningChanged: over = false; onTriggered: over = true }
    onTurnChanged: { field.text = turn.reading; why_not.reset() }
    Component.onCompleted: field.text = turn.reading
    Connections {
        target: sheet.page
        function onWordsPut(words) { field.text = words }
        function onOutcomeChanged() { if (sheet.page.outcome.was) Qt.callLater(sheet.see, outcome) }
        function onPointed(part) { Qt.callLater(sheet.see, part === "rule" ? why_not : outcome) }
    }

    PageScroll {
        id: scroll
        objectName: "whatIf"
        spacing: Look.px(10)
        focus: true

        Told {
            objectName: "noTurn"
            visible: sheet.turn.empty !== ""
            topPadding: Look.px(8)
            text: sheet.turn.empty
            color: Look.chalkSoft
            size: 13
        }

        Heading { visible: sheet.any; term: "whatif_turn"; note: sheet.any ? "turn " + sheet.turn.number + " · " + sheet.turn.at : "" }
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
            visible: sheet.open
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
                    onAccepted: sheet.page.say(text)
                }
                WhatIfLink {
                    id: ask
                    objectName: "say"
                    boxed: true
                    height: field.height
                    ink: sheet.page.chosen.includes("said") ? Look.glow : Look.chalk
                    text: "say this instead"
                    onClicked: sheet.page.say(field.text)
                }
            }
        }
        Repeater {
            model: ["word", "reading", "fact", "technique", "rule", "die"]
            Row_ { required property string modelData; kind: modelData; visible: sheet.open && choices.length > 0 }
        }

        Heading {
            visible: sheet.open
            term: "whatif_outcome"
            note: sheet.slow ? "running the turn again …" : ""
        }
        WhatIfOutcome { id: outcome; objectName: "outcome"; visible: sheet.open; width: parent.width; page: sheet.page; pages: sheet.pages }

        Heading { visible: sheet.open; term: "whatif_not" }
        WhatIfRule { id: why_not; visible: sheet.open; width: parent.width; page: sheet.page; pages: sheet.pages }

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
