import QtQuick

// The name of a technique, which says what it is and who described it.
FocusScope {
    id: word

    property string name: ""
    property string says: ""
    property color color: Look.chalkBright
    property real size: 12.5

    implicitWidth: label.implicitWidth
    implicitHeight: label.implicitHeight
    activeFocusOnTab: says !== ""
    Accessible.role: Accessible.StaticText
    Accessible.name: name
    Accessible.description: says
    Accessible.focusable: activeFocusOnTab

    Mono {
        id: label
        width: word.width > 0 ? word.width : implicitWidth
        text: word.name
        color: word.color
        size: word.size
        wrapMode: Text.Wrap
    }
    Rectangle {
        visible: word.says !== "" && (over.hovered || word.activeFocus)
        y: label.height
        width: Math.min(label.implicitWidth, label.width)
        height: 1
        color: Look.chalkDim
    }
    HoverHandler { id: over; cursorShape: word.says ? Qt.WhatsThisCursor : Qt.ArrowCursor }
    Hint { says: word.says; shown: over.hovered || word.activeFocus }
    FocusRing { on: word.activeFocus; night: true; anchors.margins: -4 }
}
