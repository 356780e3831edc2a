import QtQuick

// What something is called, and beside it, or below where there is no room, what it is; to be selected and copied.
Item {
    id: line

    property string term: ""
    property string label: ""        // where it is no term
    property string text: ""
    property string note: ""
    property color color: Look.chalk
    readonly property bool stacked: width < Look.px(430)
    property real beside: 150
    readonly property real at: stacked ? 0 : Look.px(beside)

    width: parent ? parent.width : 0
    implicitHeight: column.y + column.height
    height: implicitHeight

    Loader {
        id: name
        width: line.stacked ? line.width : line.at - Look.px(14)
        sourceComponent: line.term ? known : plain
        Component { id: known; Term { term: line.term; color: Look.chalkDim; size: 12.5; width: Math.min(implicitWidth, name.width) } }
        Component { id: plain; Mono { text: line.label; color: Look.chalkDim; size: 12.5; wrapMode: Text.WrapAnywhere } }
    }
    Column {
        id: column
        x: line.at
        y: line.stacked ? name.height + Look.px(2) : 0
        width: line.width - x
        spacing: Look.px(2)
        TextEdit {
            id: value
            width: parent.width
            readOnly: true
            selectByMouse: true
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.WrapAtWordBoundaryOrAnywhere
            text: line.text
            color: line.color
            selectionColor: Look.glow
            selectedTextColor: Look.ground
            font { family: Look.mono; pixelSize: Look.px(12.5); features: { "calt": 0, "liga": 0 } }
            Accessible.role: Accessible.StaticText
            Accessible.name: (line.label || (Look.terms[line.term] || { name: "" }).name) + ": " + line.text + (line.note ? ", " + line.note : "")
        }
        Mono { visible: text !== ""; width: parent.width; text: line.note; wrapMode: Text.Wrap; color: Look.chalkDim; size: 11.5 }
    }
}
