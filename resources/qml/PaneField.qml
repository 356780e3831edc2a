import QtQuick

// Where something is typed on the right side.
FocusScope {
    id: field

    property string label: ""
    property alias text: input.text
    property string placeholder: ""
    property bool quiet: false       // the label is only for who listens
    readonly property alias input: input

    signal accepted()
    signal edited()

    implicitHeight: box.height + (quiet ? 0 : name.height + Look.px(4))
    implicitWidth: Look.px(220)

    Mono { id: name; visible: !field.quiet; text: field.label; color: Look.chalkDim; size: 11 }
    Rectangle {
        id: box
        y: field.quiet ? 0 : name.height + Look.px(4)
        width: parent.width
        height: input.implicitHeight + Look.px(12)
        radius: 5
        color: Look.sunk
        border { width: input.activeFocus ? 2 : Look.hairline; color: input.activeFocus ? Look.focusRight : Look.rule }
        TextInput {
            id: input
            anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Look.px(10) }
            focus: true
            clip: true
            activeFocusOnTab: true
            selectByMouse: true
            maximumLength: 2000
            color: Look.chalk
            selectionColor: Look.glow
            selectedTextColor: Look.ground
            font { family: Look.mono; pixelSize: Look.px(12.5); features: { "calt": 0, "liga": 0 } }
            Accessible.role: Accessible.EditableText
            Accessible.name: field.label
            onAccepted: field.accepted()
            onTextEdited: field.edited()
        }
        Mono {
            anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Look.px(10) }
            visible: !input.text && !input.preeditText
            text: field.placeholder
            elide: Text.ElideRight
            color: Look.chalkDim
            size: 12.5
        }
    }
}
