import QtQuick
import QtQuick.Templates as T

// One of the two leaves of the page: small letters far apart, a figure, and a line below the one that is open.
T.AbstractButton {
    id: leaf

    required property string term
    property string figure: ""
    property bool here: false
    readonly property var meaning: Look.terms[term] || { name: term, says: "" }

    signal stepped()

    text: meaning.name
    focusPolicy: Qt.TabFocus
    activeFocusOnTab: here || activeFocus
    implicitWidth: Math.min(label.implicitWidth + (figure ? Look.px(9) + figures.implicitWidth : 0), parent ? parent.width : 10000)
    implicitHeight: row.implicitHeight + Look.px(9)
    Accessible.role: Accessible.PageTab
    Accessible.name: text + (figure ? ", " + figure : "")
    Accessible.description: meaning.says
    Accessible.selectable: true
    Accessible.selected: here
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    Keys.onLeftPressed: stepped()
    Keys.onRightPressed: stepped()

    contentItem: Item {
        Row {
            id: row
            spacing: Look.px(9)
            Mono {
                id: label
                text: leaf.text.toUpperCase()
                color: leaf.here ? Look.chalkBright : leaf.hovered ? Look.chalk : Look.chalkDim
                size: 11.5
                font.letterSpacing: 1.8
            }
            Mono { id: figures; width: Math.min(implicitWidth, Math.max(0, leaf.width - label.width - row.spacing)); elide: Text.ElideRight; text: leaf.figure; visible: text !== ""; color: leaf.here ? Look.chalkSoft : Look.chalkDim; size: 11.5 }
        }
        Rectangle {
            visible: leaf.here
            anchors.bottom: parent.bottom
            width: leaf.width
            height: Look.px(2)
            color: Look.glow
        }
    }
    HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
    Hint { says: leaf.meaning.says; shown: over.hovered || leaf.visualFocus }
    FocusRing { on: leaf.visualFocus; night: true; anchors.margins: -4 }
}
