import QtQuick

// One rule laid open: what it is, what it hears, what is said then, its samples, and the lines in which it is written.
PageScroll {
    id: one

    required property var page
    property bool alone: false       // the tree is not beside it
    readonly property var rule: page.chosen
    readonly property bool whole: rule.facts !== undefined

    signal treeAsked()

    objectName: "rule"
    spacing: Look.px(8)
    onRuleChanged: contentY = 0

    Item {
        width: parent.width
        height: Math.max(Look.px(26), back.visible ? back.height : 0)
        visible: one.alone
        WordButton { id: back; objectName: "toTree"; night: true; text: "‹ all rules"; onClicked: one.treeAsked() }
    }
    Line {
        objectName: "ruleName"
        text: one.rule.id || ""
        color: one.rule.kind === "broken" ? Look.glow : Look.chalkBright
        size: 15
        wrapMode: Text.WrapAnywhere
        Accessible.role: Accessible.Heading
    }
    Line { text: one.rule.said || ""; color: Look.chalkSoft }
    Line { objectName: "why"; visible: text !== ""; text: one.rule.why || ""; color: Look.glow }
    Flow {
        visible: one.whole
        width: parent.width
        spacing: Look.px(6)
        Line { objectName: "spoke"; width: Math.min(implicitWidth, parent.width); topPadding: Look.px(3); rightPadding: Look.px(10); text: one.page.spoke.said; color: Look.chalk }
        RulesLink { objectName: "lastTurn"; visible: one.page.spoke.turn > 0; text: "turn " + one.page.spoke.turn + " ›"; told: "show turn " + one.page.spoke.turn; onClicked: one.page.go(one.page.spoke.turn) }
        RulesLink { objectName: "whyNot"; text: "why not this rule, in the turn shown ›"; told: "why not this rule, in the turn shown"; onClicked: one.page.why_not() }
        RulesLink { objectName: "above"; visible: !!one.rule.above; text: "‹ " + (one.rule.above || ""); told: "show " + (one.rule.above || ""); onClicked: one.page.show(one.rule.above) }
    }
    Flow {
        visible: one.whole
        width: parent.width
        spacing: Look.px(18)
        Repeater {
            model: one.rule.facts || []
            Row {
                required property var modelData
                spacing: Look.px(7)
                Term { term: modelData.term; color: Look.chalkDim; size: 12 }
                Line { width: Math.min(implicitWidth, one.width - 2 * one.margin - Look.px(120)); text: modelData.value; color: Look.chalk }
            }
        }
    }

    Part { term: "rules_techniques"; lines: one.rule.techniques || []; plain: false }
    Flow {
        visible: (one.rule.techniques || []).length > 0
        width: parent.width
        spacing: Look.px(10)
        Repeater {
            model: one.rule.techniques || []
            LedgerTechnique {
                required property var modelData
                width: Math.min(implicitWidth, parent.width)
                name: modelData.id + " " + modelData.name
                says: modelData.says
                color: Look.chalk
                size: 12
            }
        }
    }
    Part { term: "rules_needs"; lines: one.rule.needs || [] }
    Part { objectName: "hears"; term: "rules_heard"; lines: one.rule.hears || [] }
    Part { term: "rules_says"; lines: one.rule.says || []; plain: false }
    Repeater {
        model: one.rule.says || []
        Column {
            required property var modelData
            width: parent.width
            spacing: Look.px(2)
            Line { text: modelData.say; color: Look.chalk }
            Line { visible: text !== ""; text: modelData.note }
        }
    }
    Part { term: "rules_plain"; note: one.rule.plainOf || ""; lines: one.rule.plain ? [one.rule.plain] : [] }

    Part { term: "rules_samples"; note: "enter says it"; lines: one.rule.samples || []; plain: false }
    Flow {
        visible: (one.rule.samples || []).length > 0
        width: parent.width
        spacing: Look.px(16)
        Repeater {
            model: one.rule.samples || []
            RulesLink {
                required property string modelData
                sample: modelData
                told: "say: " + modelData
                onClicked: one.page.say(modelData)
            }
        }
    }
    Part { term: "rules_belonging"; lines: one.rule.belonging || []; plain: false }
    Repeater {
        model: one.rule.belonging || []
        RulesLink {
            required property string modelData
            text: modelData + " ›"
            told: "show " + modelData
            onClicked: one.page.show(modelData)
        }
    }

    Heading { visible: one.rule.source !== undefined; term: "rules_source"; note: one.rule.source ? one.rule.source.where : "" }
    Line { visible: one.rule.source !== undefined && one.rule.source.lines.length === 0; text: "The file is not kept in the record yet: it is once a conversation has begun." }
    Rectangle {
        visible: one.rule.source !== undefined && one.rule.source.lines.length > 0
        width: parent.width
        height: written.height + Look.px(20)
        radius: 6
        color: Look.sunk
        border { width: Look.hairline; color: Look.rule }
        Accessible.role: Accessible.StaticText
        Accessible.name: one.rule.source ? one.rule.source.text : ""
        Column {
            id: written
            objectName: "source"
            x: Look.px(12)
            y: Look.px(10)
            width: parent.width - 2 * x
            Repeater {
                model: one.rule.source ? one.rule.source.lines : []
                Item {
                    required property var modelData
                    width: written.width
                    height: text.height
                    Mono { width: Look.px(34); horizontalAlignment: Text.AlignRight; text: modelData.number; color: Look.chalkDim; size: 11.5 }
                    Mono {
                        id: text
                        x: Look.px(48)
                        width: parent.width - x
                        wrapMode: Text.Wrap
                        text: modelData.text || " "
                        color: modelData.text.trim().startsWith("#") ? Look.chalkDim : Look.chalkSoft
                        size: 11.5
                    }
                }
            }
            Mono { visible: one.rule.source ? one.rule.source.more > 0 : false; text: "and " + (one.rule.source ? one.rule.source.more : 0) + " more lines"; color: Look.chalkDim; size: 11.5 }
        }
    }

    component Line: Mono {
        told: visible
        width: parent ? parent.width : 0
        wrapMode: Text.Wrap
        color: Look.chalkDim
        size: 12.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    component Part: Column {
        id: part
        property string term: ""
        property string note: ""
        property var lines: []
        property bool plain: true
        visible: lines.length > 0
        width: parent ? parent.width : 0
        spacing: Look.px(5)
        Heading { term: part.term; note: part.note }
        Repeater {
            model: part.plain ? part.lines : []
            Line { required property string modelData; text: modelData; color: Look.chalk; size: 12 }
        }
    }
}
