import QtQuick

// A word of the pane that explains itself: one plain sentence on hover or focus, the same for who listens.
FocusScope {
    id: word

    property string term: ""
    readonly property var meaning: Look.terms[term] || { name: term, says: "" }
    property string text: meaning.name
    property color color: Look.chalkSoft
    property real size: 11.5
    property real spread: 0          // letter spacing
    property bool head: false        // it stands above a part of the page
    property bool stop: true         // Tab halts here

    implicitWidth: label.implicitWidth
    implicitHeight: label.implicitHeight
    activeFocusOnTab: stop && meaning.says !== ""
    Accessible.role: head ? Accessible.Heading : Accessible.StaticText
    Accessible.name: text
    Accessible.description: meaning.says
    Accessible.focusable: activeFocusOnTab

    Mono {
        id: label
        width: word.width > 0 ? word.width : implicitWidth
        text: word.text
        color: word.color
        size: word.size
        font.letterSpacing: word.spread
        wrapMode: Text.Wrap
    }
    Rectangle {
        visible: word.meaning.says !== "" && (over.hovered || word.activeFocus)
        y: label.height
        width: Math.min(label.implicitWidth, label.width)
        height: 1
        color: Look.chalkDim
    }
    HoverHandler { id: over; cursorShape: word.meaning.says ? Qt.WhatsThisCursor : Qt.ArrowCursor }
    Loader {
        id: hint
        active: over.hovered || word.activeFocus
        sourceComponent: Hint { parent: word; says: word.meaning.says; shown: hint.active }
    }
    FocusRing { on: word.activeFocus; night: true; anchors.margins: -4 }
}
