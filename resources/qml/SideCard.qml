import QtQuick

// A part of her that is missing: what still works, why it is missing, and what to do, word for word.
Rectangle {
    id: card

    required property var about      // {part, title, works, why, todo, command}

    implicitHeight: lines.height + Look.px(26)
    radius: Look.px(12)
    color: Look.fieldPaper
    border { width: Look.hairline; color: Look.edge }
    Accessible.role: Accessible.Grouping
    Accessible.name: card.about.title

    Column {
        id: lines
        x: Look.px(18)
        y: Look.px(13)
        width: parent.width - 2 * x
        spacing: Look.px(4)

        Text {
            width: parent.width
            text: card.about.title
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: Look.ink
            font { family: Look.serif; pixelSize: Look.px(20); weight: Font.Medium }
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Text {
            width: parent.width
            text: card.about.works
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: Look.ink
            font { family: Look.serif; pixelSize: Look.px(17) }
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Text {
            width: parent.width
            text: card.about.why + (card.about.todo ? ". To do: " + card.about.todo + "." : ".")
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: Look.inkSoft
            font { family: Look.serif; pixelSize: Look.px(16); italic: true }
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Item {
            visible: card.about.command !== ""
            width: parent.width
            height: visible ? command.height + Look.px(12) : 0
            TextEdit {
                id: command
                objectName: "command"
                y: Look.px(8)
                width: parent.width
                text: card.about.command
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.Wrap
                readOnly: true
                selectByMouse: true
                activeFocusOnTab: true
                color: Look.accent
                selectionColor: Look.selection
                selectedTextColor: Look.ink
                font { family: Look.mono; pixelSize: Look.px(12.6); features: { "calt": 0, "liga": 0 } }
                Accessible.role: Accessible.EditableText
                Accessible.readOnly: true
                Accessible.name: "the command to type in a terminal: " + text
                onActiveFocusChanged: activeFocus ? selectAll() : deselect()
            }
            FocusRing { anchors.fill: command; anchors.margins: -4; on: command.activeFocus }
        }
    }
}
