import QtQuick
import QtQuick.Controls.Basic as C

// One plain sentence beside what it explains; it lies above everything and takes no press.
C.ToolTip {
    id: hint

    property string says: ""
    property bool shown: false

    visible: shown && says !== ""
    delay: 250
    text: says
    padding: Look.px(10)
    y: parent ? parent.height + Look.px(6) : 0
    margins: Look.px(8)
    contentWidth: Math.min(told.implicitWidth, Look.px(380))
    contentItem: Text {
        id: told
        text: hint.says
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Look.ink
        font { family: Look.serif; pixelSize: Look.px(16) }
        Accessible.ignored: true
    }
    background: Rectangle { color: Look.fieldPaper; radius: 6; border { width: Look.hairline; color: Look.edge } }
}
