import QtQuick

// A term at the left and what belongs to it at the right; one below the other where there is no room.
Item {
    id: row

    property string term: ""
    default property alias parts: body.data
    readonly property bool stacked: width < Look.px(480)
    readonly property real inner: body.width

    width: parent ? parent.width : 0
    implicitHeight: stacked ? name.height + Look.px(3) + body.height : Math.max(body.height, name.height + name.y)
    height: implicitHeight

    Term { id: name; y: row.stacked ? 0 : Look.px(4); width: Math.min(implicitWidth, row.width); term: row.term; color: Look.chalkDim; size: 11.5 }
    Column {
        id: body
        x: row.stacked ? 0 : Look.px(122)
        y: row.stacked ? name.height + Look.px(3) : 0
        width: row.width - x
        spacing: Look.px(4)
    }
}
