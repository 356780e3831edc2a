import QtQuick

// Why another rule did not answer: its name, completed as it is typed, and what was found.
Column {
    id: part

    required property var page
    required property var pages
    readonly property var rules: page.rules
    readonly property var answer: rules.answer
    property int at: 0

    function reset() { field.text = answer.rule || "" }
    function ask(rule: string) {
        field.text = rule
        rules.ask(rule)
    }

    spacing: Look.px(8)
    onAnswerChanged: {
        if (answer.rule) field.text = answer.rule
        const told = answer.trouble || answer.paragraph || ""
        if (told) Accessible.announce(told)
    }

    PaneField {
        id: field
        objectName: "ruleField"
        width: parent.width
        label: "name of a rule"
        quiet: true
        placeholder: "a rule, as feelings.sad; a part of its name will do"
        onEdited: { part.at = 0; part.rules.type(text) }
        onAccepted: {
            const matches = part.rules.matches
            part.ask(matches.length ? matches[Math.min(part.at, matches.length - 1)] : text)
        }
        Keys.onUpPressed: part.at = Math.max(0, part.at - 1)
        Keys.onDownPressed: part.at = Math.min(part.rules.matches.length - 1, part.at + 1)
    }
    Rectangle {
        objectName: "ruleMatches"
        visible: part.rules.matches.length > 0
        width: parent.width
        height: list.height + Look.px(8)
        radius: Look.px(5)
        color: Look.raised
        Accessible.role: Accessible.List
        Accessible.name: "rules of that name"
        Column {
            id: list
            y: Look.px(4)
            width: parent.width
            Repeater {
                model: part.rules.matches
                Rectangle {
                    id: match
                    required property string modelData
                    required property int index
                    readonly property bool on: index === part.at
                    width: list.width
                    height: Math.max(24, name.height + Look.px(6))
                    color: on ? Look.sunk : "transparent"
                    onOnChanged: if (on) Accessible.announce(modelData)
                    Accessible.role: Accessible.ListItem
                    Accessible.name: modelData
                    Accessible.selectable: true
                    Accessible.selected: on
                    Accessible.onPressAction: part.ask(modelData)
                    Rectangle { visible: match.on; width: Look.px(3); height: parent.height; color: Look.glow }
                    Mono {
                        id: name
                        x: Look.px(10)
                        width: parent.width - 2 * x
                        anchors.verticalCenter: parent.verticalCenter
                        text: match.modelData
                        wrapMode: Text.WrapAnywhere
                        color: match.on ? Look.chalkBright : Look.chalk
                        size: 12
                    }
                    TapHandler { onTapped: part.ask(match.modelData) }
                    HoverHandler { cursorShape: Qt.PointingHandCursor; onHoveredChanged: if (hovered) part.at = match.index }
                }
            }
        }
    }
    Mono {
        objectName: "whyNot"
        told: visible
        visible: text !== ""
        width: parent.width
        text: part.answer.trouble || part.answer.paragraph || ""
        wrapMode: Text.Wrap
        lineHeight: 1.25
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Flow {
        visible: (part.answer.tries || []).length > 0 || (part.answer.place || "") !== ""
        width: parent.width
        spacing: Look.px(12)
        Repeater {
            model: part.answer.tries || []
            WhatIfLink {
                required property string modelData
                required property int index
                objectName: "try-" + index
                boxed: true
                ink: Look.chalk
                width: Math.min(implicitWidth, part.width)
                text: modelData
                onClicked: part.page.try_it(index)
            }
        }
        WhatIfLink {
            visible: (part.answer.place || "") !== ""
            width: Math.min(implicitWidth, part.width)
            text: part.answer.place || ""
            ink: Look.chalkDim
            Accessible.name: "where it is written: " + text
            onClicked: part.pages.go("rules", part.answer.rule)
        }
    }
}
