import QtQuick

// Words set in lines by ourselves, so that each can have its own color or underline and still be plain text.
Item {
    id: words

    property var pieces: []          // [{text, glued, line, kind, word}]: the color and kind of its underline, which word it is of
    property int inked: pieces.length
    property bool centered: false
    property color ink: Look.ink
    property color pale: Look.inkPale
    property string family: Look.serif
    property int size: 20
    property real leading: 1.3
    property bool underlined: false
    property int pointed: -1         // a piece that is looked at
    property int at: -1              // the word that is sounded
    property int placed: 0           // counts how often the words were set
    property int most: 0             // words made so far: they are used again, for making them takes time
    readonly property real inkedY: placed >= 0 && inked > 0 && inked <= Math.min(pieces.length, repeater.count) ? repeater.itemAt(inked - 1).y : 0

    implicitHeight: 10
    Accessible.role: Accessible.StaticText
    Accessible.name: pieces.map((piece, at) => (at && !piece.glued ? " " : "") + piece.text).join("")

    onWidthChanged: Qt.callLater(place)
    onPiecesChanged: {
        most = most > 300 ? pieces.length : Math.max(most, pieces.length)
        Qt.callLater(place)
    }
    onSizeChanged: Qt.callLater(place)
    Component.onCompleted: place()

    function itemAt(index: int): Item { return repeater.itemAt(index) }
    function pieceAt(x: real, y: real): int {
        for (let index = 0; index < pieces.length; index++) {
            const item = repeater.itemAt(index)
            if (item && x >= item.x && x <= item.x + item.width + item.tail && y >= item.y && y < item.y + item.height) return index
        }
        return -1
    }

    component Behind: Rectangle {
        property int first: -1
        property int last: first
        readonly property var begins: words.placed >= 0 && first >= 0 ? repeater.itemAt(first) : null
        readonly property var ends: words.placed >= 0 && last >= 0 ? repeater.itemAt(last) : null
        visible: begins !== null && ends !== null
        x: visible ? begins.x - Look.px(3) : 0
        y: visible ? begins.y : 0
        width: visible ? Math.max(begins.width, ends.x + ends.width - begins.x) + Look.px(6) : 0
        height: words.size * 1.24
        radius: 4
    }
    Behind {
        first: words.at < 0 ? -1 : words.pieces.findIndex(piece => piece.word === words.at)
        last: words.at < 0 ? -1 : words.pieces.reduce((last, piece, index) => piece.word === words.at ? index : last, -1)
        color: Look.raised
        border { width: Look.hairline; color: Look.rule }
    }
    Behind { first: words.pointed; color: "transparent"; border { width: 2; color: Look.focusRight } }

    TextMetrics { id: space; text: "n n"; font.family: words.family; font.pixelSize: words.size }
    TextMetrics { id: solid; text: "nn"; font.family: words.family; font.pixelSize: words.size }

    Repeater {
        id: repeater
        model: words.most
        Item {
            id: piece
            required property int index
            readonly property var modelData: words.pieces[index] || { text: "", glued: false, line: "transparent", kind: "", word: -1 }
            property real tail: 0            // how far its underline reaches on towards the next word
            visible: index < words.pieces.length
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
            Loader {
                active: words.underlined
                y: text.baselineOffset + Math.max(4, words.size * 0.24)
                sourceComponent: ["remembered", "computed"].includes(piece.modelData.kind) ? pattern : plain
            }
            Component {
                id: plain
                Rectangle {
                    readonly property bool thin: piece.modelData.kind === "author"
                    y: thin ? 1 : 0
                    width: piece.width + piece.tail
                    height: thin ? Look.hairline : Math.max(2, Math.round(words.size / 8))
                    color: piece.modelData.line
                }
            }
            Component {
                id: pattern
                NowLine {
                    width: piece.width + piece.tail
                    kind: piece.modelData.kind
                    color: piece.modelData.line
                    thick: Math.max(2, Math.round(words.size / 8))
                }
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
        const count = pieces.length
        for (let at = 0; at < count;) {
            let unit = [repeater.itemAt(at++)]
            while (at < count && pieces[at].glued) unit.push(repeater.itemAt(at++))
            if (unit.some(item => !item)) return
            const wide = unit.reduce((sum, item) => sum + item.width, 0)
            if (line.length && used + gap + wide > width) flush()
            used += (line.length ? gap : 0) + wide
            line.push(...unit)
        }
        if (line.length) flush()
        implicitHeight = Math.max(step, y)
        placed++
    }
}
