import QtQuick

// The head of a part: a line across, small letters far apart, and at the right a note about the part.
Item {
    id: heading

    property string term: ""
    property string text: ""
    property string note: ""
    readonly property bool stacked: label.implicitWidth + beside.implicitWidth + Look.px(20) > width

    width: parent ? parent.width : 0
    implicitHeight: label.y + label.height + (note && stacked ? beside.height + Look.px(2) : 0) + Look.px(3)
    height: implicitHeight

    Rectangle { y: Look.px(4); width: parent.width; height: Look.hairline; color: Look.rule }
    Term {
        id: label
        y: Look.px(17)
        width: Math.min(implicitWidth, heading.width)
        term: heading.term
        text: (heading.text || meaning.name).toUpperCase()
        color: Look.chalkSoft
        spread: 1.8
        head: true
    }
    Mono {
        id: beside
        told: text !== ""
        x: heading.stacked ? 0 : parent.width - width
        y: heading.stacked ? label.y + label.height + Look.px(2) : label.y
        width: Math.min(implicitWidth, parent.width)
        text: heading.note
        wrapMode: Text.Wrap
        horizontalAlignment: heading.stacked ? Text.AlignLeft : Text.AlignRight
        color: Look.chalkDim
        size: 11.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
