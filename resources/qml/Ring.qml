import QtQuick

// The presence: an open ring of three uneven strokes, drawn here point by point. Its width follows the level of the
// sound, its gap turns to whoever has the floor. It draws only while something changes, 30 times a second at most.
Canvas {
    id: ring

    property string feeling: "asleep"
    property real level: 0
    property bool motion: true
    property bool awake: true        // false while nobody can see the window

    // gap (radians), turn (where the gap is, radians clockwise from the right), width and spread (of a ring of radius 132)
    readonly property var shapes: ({
        asleep: { gap: 0.16, turn: -1.57, width: 2.6, spread: 0.35, swing: 0, fade: 0.62 },
        listening: { gap: 0.92, turn: 1.57, width: 11, spread: 1, swing: 8, fade: 1 },
        hearing: { gap: 1.22, turn: 1.57, width: 13, spread: 1.08, swing: 17, fade: 1 },
        thinking: { gap: 0.5, turn: 0.2, width: 7, spread: 1.75, swing: 0, fade: 1 },
        speaking: { gap: 0.62, turn: -0.85, width: 13, spread: 1, swing: 19, fade: 1 },
        no_microphone: { gap: 0.5, turn: 1.57, width: 3.4, spread: 0.6, swing: 0, fade: 0.9 },
    })
    readonly property var goal: shapes[feeling] || shapes.asleep
    readonly property bool broken: feeling === "no_microphone"
    property var hands: ({})
    property var now: ({ gap: 0.16, turn: -1.57, width: 2.6, spread: 0.35, fade: 0.62, level: 0 })

    Accessible.role: Accessible.Graphic
    Accessible.name: "her ring"

    onGoalChanged: motion ? stepper.start() : settle()
    onLevelChanged: if (motion) stepper.start()
    onAwakeChanged: if (awake) settle()
    onWidthChanged: requestPaint()
    Component.onCompleted: settle()

    Timer {
        id: stepper
        interval: 33
        repeat: true
        running: false
        onTriggered: if (!ring.awake || !ring.step()) stop()
    }

    function settle() {
        now = { gap: goal.gap, turn: goal.turn, width: goal.width, spread: goal.spread, fade: goal.fade, level: motion ? level : 0 }
        requestPaint()
        if (motion && feeling === "thinking") stepper.start()
    }

    // One step towards the goal. Returns whether there is more to come.
    function step(): bool {
        const was = now, next = {}
        let moved = 0
        for (const key of ["gap", "width", "spread", "fade"]) {
            next[key] = was[key] + (goal[key] - was[key]) * 0.22
            moved = Math.max(moved, Math.abs(goal[key] - next[key]))
        }
        next.level = was.level + (level - was.level) * 0.55
        const drift = feeling === "thinking" ? 0.05 : 0
        const way = drift ? 0 : Math.atan2(Math.sin(goal.turn - was.turn), Math.cos(goal.turn - was.turn))
        next.turn = was.turn + way * 0.16 + drift
        moved = Math.max(moved, Math.abs(way), Math.abs(level - next.level) * 4, drift)
        now = next
        requestPaint()
        return moved > 0.01
    }

    // Unevenness along a stroke, as a hand would make it: a few slow swings and many small ones.
    function grain(at: real, seed: real): real {
        return Math.sin(at * 13 + seed) * 0.5 + Math.sin(at * 37 + seed * 2.3) * 0.34 + Math.sin(at * 89 + seed * 3.1) * 0.2
            + Math.sin(at * 211 + seed * 5.7 + Math.sin(at * 31) * 3) * 0.3 + Math.sin(at * 433 + seed * 7.9 + Math.sin(at * 17) * 5) * 0.26
    }

    // The hand of one stroke, worked out once: for each point how hard it presses, how it strays, how rough its edges are.
    function hand(seed: real, points: int): var {
        const key = seed + "/" + points
        if (!hands[key]) {
            const press = [], stray = [], outer = [], inner = []
            for (let i = 0; i <= points; i++) {
                const at = i / points
                press.push(1 + 0.1 * Math.sin(at * 5.2 + seed) - 0.12 * at)
                stray.push(1.7 * Math.sin(at * 6.3 + seed) + 0.9 * Math.sin(at * 15 + seed * 3))
                outer.push(grain(at, seed + 11) * 0.5)
                inner.push(grain(at, seed + 23) * 0.5)
            }
            hands[key] = { press: press, stray: stray, outer: outer, inner: inner }
        }
        return hands[key]
    }

    // A stroke as an outline: `wide` at its middle, round at both ends.
    function stroke(ctx, from, length, radius, wide, seed, rough, points) {
        const drawn = hand(seed, points), back = new Array(points + 1)
        const press = drawn.press, stray = drawn.stray, outer = drawn.outer, inner = drawn.inner
        ctx.beginPath()
        for (let i = 0; i <= points; i++) {
            const at = i / points, angle = from + at * length
            const end = Math.min(at, 1 - at) * length * radius / (wide / 2)
            const half = wide / 2 * press[i] * (end < 1 ? Math.sqrt(Math.max(0, end * (2 - end))) : 1)
            const edge = Math.min(half * 0.42, rough), middle = radius + stray[i]
            const x = Math.cos(angle), y = Math.sin(angle)
            const out = middle + half + outer[i] * edge, into = middle - half + inner[i] * edge
            ctx.lineTo(x * out, y * out)
            back[i] = [x * into, y * into]
        }
        for (let i = points; i >= 0; i--) ctx.lineTo(back[i][0], back[i][1])
        ctx.closePath()
        ctx.fill()
    }

    function arc(ctx, turn, gap, radius, wide, seed, rough, points) {
        const from = turn + gap / 2, whole = Math.PI * 2 - gap
        const parts = broken ? 5 : 1
        for (let part = 0; part < parts; part++) {
            const length = whole / parts
            stroke(ctx, from + part * length + (part ? 0.09 : 0), length - (part ? 0.09 : 0), radius, wide, seed + part, rough, points / parts)
        }
    }

    onPaint: {
        const ctx = getContext("2d")
        ctx.reset()
        const scale = Math.min(width, height) / 350
        ctx.translate(width / 2, height / 2)
        ctx.scale(scale, scale)
        const n = now, swing = goal.swing * n.level, wide = n.width + swing
        ctx.globalAlpha = n.fade * 0.8
        ctx.fillStyle = "#EFB39B"
        arc(ctx, n.turn - 0.04, n.gap + 0.1, 132 + wide * 0.42 + 7 * n.spread, 2.6, 4.1, 2.2, 200)
        ctx.globalAlpha = n.fade
        ctx.fillStyle = Look.coral
        arc(ctx, n.turn, n.gap, 132, wide, 1.3, 3.2, 380)
        ctx.globalAlpha = n.fade * 0.75
        ctx.fillStyle = "#E8795A"
        arc(ctx, n.turn + 0.03, n.gap + 0.03, 132 - wide * 0.42 - 3.4 * n.spread, 2 + wide * 0.14, 2.6, 2.4, 260)
    }
}
