pragma Singleton
import QtQuick

// Colors, faces and sizes of both worlds. The four origin colors mean an origin and nothing else.
QtObject {
    property string serif: "serif"
    property string mono: "monospace"
    property real textScale: 1

    readonly property color paper: "#FBF3EC"
    readonly property color ink: "#3B2420"
    readonly property color accent: "#B83A26"
    readonly property color coral: "#D5543A"
    readonly property color inkSoft: "#7E594B"
    readonly property color inkPale: "#B09184"
    readonly property color edge: "#D9B9A6"
    readonly property color fieldPaper: "#FFFBF7"

    readonly property color dark: "#241613"
    readonly property color darkRaised: "#2F1E19"
    readonly property color darkEdge: "#43302A"
    readonly property color chalk: "#F3E4DA"
    readonly property color chalkSoft: "#B79D92"
    readonly property color chalkDim: "#A58C81"
    readonly property color glow: "#F08A6B"

    readonly property var origins: ({ mirrored: "#E8795A", remembered: "#D9A441", computed: "#8FB39A", author: "#6B5148" })
    readonly property color sure: "#D9A441"

    function px(size: real): int { return Math.round(size * textScale) }
}
