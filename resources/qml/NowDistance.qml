import QtQuick

// How far the reply is from contact: one bar of four kinds, the legend, and a sentence.
Column {
    id: distance

    required property var told
    readonly property var shares: told.shares || []

    width: parent ? parent.width : 0
    spacing: Look.px(8)
    Accessible.role: Accessible.Grouping
    Accessible.name: "distance"

    Row {
        id: bar
        objectName: "distanceBar"
        width: parent.width
        height: Look.px(10)
        spacing: 2
        Accessible.role: Accessible.Indicator
        Accessible.name: distance.shares.map(share => share.label + " " + Math.round(share.share * 100) + " percent").join(", ")
        Repeater {
            model: distance.shares
            Rectangle {
                required property var modelData
                required property int index
                width: (distance.width - 2 * (distance.shares.length - 1)) * modelData.share
                height: bar.height
                topLeftRadius: index ? 0 : height / 2
                bottomLeftRadius: topLeftRadius
                topRightRadius: index === distance.shares.length - 1 ? height / 2 : 0
                bottomRightRadius: topRightRadius
                color: Look.origins[modelData.origin]
            }
        }
    }
    Flow {
        width: parent.width
        spacing: Look.px(16)
        Repeater {
            model: 4
            Row {
                id: share
                required property int index
                readonly property var told: distance.shares[index] || { origin: "author", label: "", share: 0 }
                visible: index < distance.shares.length
                spacing: Look.px(7)
                NowLine { anchors.verticalCenter: parent.verticalCenter; kind: share.told.origin; color: Look.origins[share.told.origin] }
                Term { term: "now_origin_" + share.told.origin; text: share.told.label + " " + Math.round(share.told.share * 100) + " %"; size: 12 }
            }
        }
    }
    Mono {
        told: true
        width: parent.width
        text: distance.told.told || ""
        wrapMode: Text.Wrap
        color: Look.chalk
        size: 12.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
