import QtQuick

// A text that may be long: so many lines of it, and all of it once it is asked for.
FocusScope {
    id: fold

    property string text: ""
    property string name: text       // for who listens
    property int lines: 2
    property color color: Look.chalkSoft
    property real size: 12
    property bool all: false
    readonly property bool long: label.truncated || all

    implicitHeight: label.implicitHeight + (more.visible ? more.height : 0)
    activeFocusOnTab: long
    Accessible.role: long ? Accessible.Button : Accessible.StaticText
    Accessible.name: name
    Accessible.description: long ? all ? "shows less" : "shows all of it" : ""
    Accessible.onPressAction: if (long) all = !all
    Keys.onReturnPressed: if (long) all = !all
    Keys.onEnterPressed: if (long) all = !all
    Keys.onSpacePressed: if (long) all = !all

    Mono {
        id: label
        width: fold.width
        text: fold.text
        wrapMode: Text.Wrap
        maximumLineCount: fold.all ? 10000 : fold.lines
        elide: Text.ElideRight
        color: fold.color
        size: fold.size
    }
    Mono {
        id: more
        y: label.height
        visible: fold.long
        text: fold.all ? "less" : "all of it"
        color: over.hovered || fold.activeFocus ? Look.chalk : Look.chalkDim
        size: 11
        font.underline: true
    }
    HoverHandler { id: over; enabled: fold.long; cursorShape: Qt.PointingHandCursor }
    TapHandler { enabled: fold.long; onTapped: fold.all = !fold.all }
    FocusRing { on: fold.activeFocus; night: true; anchors.margins: -4 }
}
