import QtQuick

// Words set in lines by ourselves, so that each can have its own color or underline and still be plain text.
Item {
    id: words

    property var pieces: []          // [{text, glued, line}]: `line` is the color of its underline, if any
    property int inked: pieces.length
    property bool centered: false
    property color ink: Look.ink
    property color pale: Look.inkPale
    property string family: Look.serif
    property int size: 20
    property real leading: 1.3
    property bool underlined: false
    readonly property real inkedY: inked > 0 && inked <= repeater.count ? repeater.itemAt(inked - 1).y : 0

    implicitHeight: 10
    Accessible.role: Accessible.StaticText
    Accessible.name: pieces.map((piece, at) => (at && !piece.glued ? " " : "") + piece.text).join("")

    onWidthChanged: Qt.callLater(place)
    onPiecesChanged: Qt.callLater(place)
    onSizeChanged: Qt.callLater(place)
    Component.onCompleted: place()

    TextMetrics { id: space; text: "n n"; font.family: words.family; font.pixelSize: words.size }
    TextMetrics { id: solid; text: "nn"; font.family: words.family; font.pixelSize: words.size }

    Repeater {
        id: repeater
        model: words.pieces
        Item {
            id: piece
            required property var modelData
            required property int index
            property real tail: 0            // how far its underline reaches on towards the next word
            width: text.implicitWidth
            height: words.size * words.leading
            Accessible.ignored: true
            Text {
                id: text
                text: piece.modelData.text
                textFormat: Text.PlainText
                color: piece.index < words.inked ? words.ink : words.pale
                font.family: words.family
                font.pixelSize: words.size
                Accessible.ignored: true
            }
            Rectangle {
                visible: words.underlined
                y: text.baselineOffset + Math.max(4, words.size * 0.24)
                width: piece.width + piece.tail
                height: Math.max(2, Math.round(words.size / 8))
                color: visible ? piece.modelData.line : "transparent"
            }
        }
    }

    function place() {
        const gap = space.advanceWidth - solid.advanceWidth
        const step = size * leading
        let line = [], used = 0, y = 0
        const flush = () => {
            let x = centered ? Math.max(0, (width - used) / 2) : 0
            line.forEach((item, at) => {
                if (at && !item.modelData.glued) x += gap
                item.x = x
                item.y = y
                x += item.width
                const next = line[at + 1]
                item.tail = next && !next.modelData.glued && next.modelData.line === item.modelData.line ? gap : 0
            })
            y += step
            line = []
            used = 0
        }
        for (let at = 0; at < repeater.count;) {
            let unit = [repeater.itemAt(at++)]
            while (at < repeater.count && repeater.itemAt(at).modelData.glued) unit.push(repeater.itemAt(at++))
            if (unit.some(item => !item)) return
            const wide = unit.reduce((sum, item) => sum + item.width, 0)
            if (line.length && used + gap + wide > width) flush()
            used += (line.length ? gap : 0) + wide
            line.push(...unit)
        }
        if (line.length) flush()
        implicitHeight = Math.max(step, y)
    }
}
