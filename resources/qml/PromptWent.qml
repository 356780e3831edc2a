import QtQuick

// What was expected of the last exchange, each with a tick or a cross and in words, and what there was instead.
Column {
    id: last

    required property var book

    visible: book.verdict !== ""
    spacing: Look.px(3)

    Text {
        objectName: "promptVerdict"
        width: parent.width
        text: last.book.verdict
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: last.book.held ? Look.inkSoft : Look.accent
        font { family: Look.serif; pixelSize: Look.px(16); weight: last.book.held ? Font.Normal : Font.Medium }
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Repeater {
        model: last.book.went
        Item {
            id: row
            required property var modelData
            objectName: "promptCheck"
            width: last.width
            height: told.height
            Accessible.role: Accessible.StaticText
            Accessible.name: told.text
            Verdict {
                y: Look.px(5)
                width: Look.px(12)
                height: width
                won: row.modelData.held
                color: row.modelData.held ? Look.inkSoft : Look.accent
            }
            Text {
                id: told
                x: Look.px(21)
                width: parent.width - x
                text: row.modelData.held ? row.modelData.text + ": held"
                    : "expected " + row.modelData.text + ", got " + row.modelData.got + (row.modelData.why ? ". " + row.modelData.why : "")
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                maximumLineCount: 3
                elide: Text.ElideRight
                color: row.modelData.held ? Look.inkSoft : Look.ink
                font { family: Look.serif; pixelSize: Look.px(16) }
                Accessible.ignored: true
            }
        }
    }
}
