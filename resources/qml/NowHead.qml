import QtQuick

// The head of a part, with its note beside it where there is room, and below where there is not.
Column {
    id: head

    property string term: ""
    property string note: ""
    readonly property bool beside: metrics.advanceWidth < width - Look.px(24) - label.advanceWidth

    width: parent ? parent.width : 0
    spacing: Look.px(3)
    TextMetrics { id: metrics; text: head.note; font { family: Look.mono; pixelSize: Look.px(11.5) } }
    TextMetrics { id: label; text: (Look.terms[head.term] || { name: "" }).name; font { family: Look.mono; pixelSize: Look.px(11.5); letterSpacing: 1.8 } }
    Heading { term: head.term; note: head.beside ? head.note : "" }
    Mono {
        told: visible
        visible: !head.beside && head.note !== ""
        width: parent.width
        text: head.note
        wrapMode: Text.Wrap
        color: Look.chalkDim
        size: 11.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
