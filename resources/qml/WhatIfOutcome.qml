import QtQuick

// Both replies beside each other, and what is otherwise between them.
Column {
    id: part

    required property var page
    required property var pages
    readonly property var outcome: page.change.outcome
    readonly property bool any: outcome.was !== undefined
    readonly property bool beside: width >= Look.px(520)
    readonly property bool speechless: any && outcome.trouble !== ""

    component Told: Mono {
        told: visible
        width: parent.width
        wrapMode: Text.Wrap
        lineHeight: 1.25
        color: Look.chalk
        size: 12.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    spacing: Look.px(10)
    onOutcomeChanged: {
        const told = outcome.failed || outcome.paragraph || ""
        if (told) Accessible.announce(told + (outcome.shows ? " " + outcome.shows : ""))
    }

    Told {
        visible: !part.any && !part.outcome.failed
        text: "Choose one thing above; her reply to it appears here."
        color: Look.chalkDim
    }
    Told { objectName: "outcomeFailed"; visible: text !== ""; text: part.outcome.failed || "" }
    Told {
        objectName: "outcomeChange"
        visible: part.any
        text: part.any ? "If " + part.outcome.change + (part.outcome.differs ? ":" : ": the same.") : ""
        color: Look.glow
    }
    Told { objectName: "outcomeShows"; visible: part.any && text !== ""; text: part.outcome.shows || "" }
    Grid {
        visible: part.any
        width: parent.width
        columns: part.beside ? 2 : 1
        columnSpacing: Look.px(28)
        rowSpacing: Look.px(16)
        readonly property real each: part.beside ? (width - columnSpacing) / 2 : width
        WhatIfSide { width: parent.each; term: "whatif_was"; reply: part.outcome.was || {}; struck: true }
        WhatIfSide { visible: !part.speechless; width: parent.each; term: "whatif_now"; reply: part.outcome.now || {} }
        Told { visible: part.speechless; width: parent.each; text: part.speechless ? "She could have said nothing: " + part.outcome.trouble + "." : "" }
    }
    Flow {
        visible: part.any
        width: parent.width
        spacing: Look.px(14)
        WhatIfLink {
            objectName: "hear"
            visible: !part.speechless
            boxed: true
            width: Math.min(implicitWidth, parent.width)
            enabled: part.page.mute === ""
            text: enabled ? "hear it" : "hear it · " + part.page.mute
            ink: enabled ? Look.chalk : Look.chalkSoft
            Accessible.name: enabled ? "hear what she would have said" : "hear it: " + part.page.mute
            onClicked: part.page.hear()
        }
        WhatIfLink { objectName: "clear"; text: "change nothing"; ink: Look.chalkDim; onClicked: part.page.change.clear() }
    }
    WhatIfRow {
        visible: part.any && !part.speechless
        term: "whatif_by"
        WhatIfLink {
            objectName: "outcomeRule"
            width: Math.min(implicitWidth, parent.width)
            text: part.outcome.rule || ""
            ink: Look.chalk
            Accessible.description: "opens the rule"
            onClicked: part.pages.go("rules", part.outcome.now.rule)
        }
    }
    WhatIfRow {
        visible: part.any && !part.speechless
        term: "whatif_techniques"
        Told { objectName: "outcomeTechniques"; topPadding: Look.px(3); text: part.outcome.techniques || "" }
    }
    Told { objectName: "outcomeParagraph"; visible: part.any; text: part.outcome.paragraph || ""; color: Look.chalkSoft }
}
