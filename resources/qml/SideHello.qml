import QtQuick

// The first thing she says of herself, before anything was said to her: what she is, what is kept, how to stop her.
Column {
    id: hello

    property string home: ""
    property bool leftAligned: false
    readonly property int aligned: leftAligned ? Text.AlignLeft : Text.AlignHCenter

    signal dismissed()

    spacing: Look.px(10)

    Text {
        width: parent.width
        text: "Hello. She is a program."
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: hello.aligned
        color: Look.ink
        font { family: Look.serif; pixelSize: Look.px(hello.leftAligned ? 23 : 29); italic: true }
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Repeater {
        model: [
            "What you tell her stays on this machine. So that she can remember, the words are kept"
                + (hello.home ? " in " + hello.home : "") + "; their sound is not.",
            "F2 shows how each answer is made. Esc stops her. What she is asked to forget is gone for good, from the disk too.",
        ]
        Text {
            required property string modelData
            width: hello.width
            text: modelData
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            horizontalAlignment: hello.aligned
            color: Look.inkSoft
            lineHeight: 1.08
            font { family: Look.serif; pixelSize: Look.px(hello.leftAligned ? 16 : 18) }
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    WordButton {
        objectName: "dismiss"
        anchors.horizontalCenter: hello.leftAligned ? undefined : parent.horizontalCenter
        text: "good to know"
        onClicked: hello.dismissed()
    }
}
