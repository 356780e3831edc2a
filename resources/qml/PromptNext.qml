import QtQuick

// What comes next in the screenplay; behind the last line, how many exchanges held.
Column {
    id: coming

    required property var book
    readonly property var line: book.coming
    readonly property bool there: line.who !== undefined

    spacing: Look.px(2)

    component Line: Text {
        width: coming.width
        visible: text !== ""
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Look.inkSoft
        font { family: Look.serif; pixelSize: Look.px(16) }
        Accessible.role: Accessible.StaticText
        Accessible.name: text
        Accessible.ignored: !visible
    }

    Line {
        objectName: "promptEnd"
        text: coming.book.end
        color: Look.ink
        font { family: Look.serif; pixelSize: Look.px(19); italic: true }
    }
    Line {
        objectName: "promptByHand"
        text: coming.book.byHand ? "You changed something by hand: what follows may come out otherwise." : ""
    }
    Line {
        objectName: "promptWho"
        text: coming.there ? "next, line " + coming.line.line + ": " + coming.line.who : ""
    }
    Line {
        objectName: "promptBefore"
        text: coming.there && coming.line.before ? "before it: " + coming.line.before : ""
    }
    Line {
        objectName: "promptHow"
        text: coming.there ? coming.line.how : ""
        font { family: Look.serif; pixelSize: Look.px(16); italic: true }
    }
    Line {
        objectName: "promptWords"
        text: coming.there ? coming.line.words : ""
        color: Look.ink
        font { family: Look.serif; pixelSize: Look.px(19) }
    }
}
