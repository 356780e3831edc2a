import QtQuick

// Why it won: the printed order as a small table, the pattern with what it caught, the conditions with their values.
Column {
    id: won

    required property var told
    readonly property int columns: Math.max(2, Math.min(8, Math.floor(width / Look.px(152))))

    width: parent ? parent.width : 0
    spacing: Look.px(6)

    Grid {
        id: table
        objectName: "order"
        width: parent.width
        columns: won.columns
        rowSpacing: Look.px(7)
        Accessible.role: Accessible.Table
        Accessible.name: "the order: " + (won.told.order || []).map(field => field.field + " " + field.value).join(", ")
        Repeater {
            model: (won.told.order || []).length
            Column {
                id: cell
                required property int index
                readonly property var field: (won.told.order || [])[index] || { term: "", field: "", value: "", decided: false }
                width: Math.floor(table.width / won.columns)
                Term { term: cell.field.term; text: cell.field.field; width: Math.min(implicitWidth, cell.width - Look.px(8)); color: Look.chalkDim; size: 11 }
                Mono {
                    id: value
                    width: Math.min(implicitWidth, cell.width - Look.px(8))
                    text: cell.field.value
                    elide: Text.ElideMiddle          // a long name stands whole in the head
                    color: cell.field.decided ? Look.chalkBright : Look.chalk
                    size: 13
                }
                Rectangle { visible: cell.field.decided; width: value.width; height: 2; color: Look.chalk }
            }
        }
    }
    NowFold { width: parent.width; visible: text !== ""; text: won.told.decided || ""; lines: 3 }
    Item {
        id: fits
        readonly property bool stacked: width < Look.px(420)
        width: parent.width
        visible: pattern.text !== ""
        height: pattern.y + pattern.implicitHeight
        Term { id: fitsName; term: "now_fits"; color: Look.chalkDim }
        NowFold { id: pattern; x: fits.stacked ? 0 : Look.px(64); y: fits.stacked ? fitsName.height : 0; width: parent.width - x; text: won.told.template || ""; lines: 3; color: Look.chalk }
    }
    Item {
        id: caught
        readonly property bool stacked: fits.stacked
        width: parent.width
        visible: (won.told.slots || []).length > 0
        height: slots.y + slots.height
        Term { id: caughtName; term: "now_slot"; color: Look.chalkDim }
        Column {
            id: slots
            x: pattern.x
            y: fits.stacked ? caughtName.height : 0
            width: parent.width - x
            Repeater {
                model: won.told.slots || []
                NowFold {
                    required property var modelData
                    width: slots.width
                    text: "{" + modelData.name + "} “" + modelData.words + "”" + (modelData.value ? " = " + modelData.value : "")
                }
            }
        }
    }
    Item {
        width: parent.width
        visible: (won.told.conditions || []).length > 0
        height: needs.y + needs.height
        Term { id: needsName; term: "now_condition"; color: Look.chalkDim }
        Column {
            id: needs
            x: pattern.x
            y: fits.stacked ? needsName.height : 0
            width: parent.width - x
            spacing: Look.px(2)
            Repeater {
                model: won.told.conditions || []
                NowFold {
                    required property var modelData
                    width: needs.width
                    text: modelData.text + " is " + modelData.holds + (modelData.names ? "  ·  " + modelData.names : "")
                }
            }
        }
    }
    Repeater {
        model: won.told.besides || []
        NowFold { required property string modelData; width: won.width; text: modelData; lines: 4; color: Look.chalk }
    }
}
