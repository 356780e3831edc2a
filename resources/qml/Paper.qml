import QtQuick

// The ground of the left side: warm paper, lighter where she is, with a few fibers in it. Painted once for each size.
Canvas {
    id: paper

    onWidthChanged: requestPaint()
    onHeightChanged: requestPaint()
    Connections {
        target: Look
        function onLookChanged() { paper.requestPaint() }
    }
    onPaint: {
        const ctx = getContext("2d")
        const light = ctx.createRadialGradient(width * 0.46, height * 0.36, 0, width * 0.46, height * 0.4, Math.max(width, height) * 0.85)
        light.addColorStop(0, Look.paperNear)
        light.addColorStop(1, Look.paperFar)
        ctx.fillStyle = light
        ctx.fillRect(0, 0, width, height)
        if (Look.sharp) return
        let seed = 7
        const dice = () => (seed = (seed * 16807) % 2147483647) / 2147483647
        ctx.strokeStyle = Look.inkSoft
        ctx.lineWidth = 0.6
        for (let fiber = 0; fiber < width * height / 1500; fiber++) {
            const x = dice() * width, y = dice() * height, way = dice() * 6.28, length = 3 + dice() * 9
            ctx.globalAlpha = (0.025 + dice() * 0.05) * (Look.nightLeft ? 0.8 : 1)
            ctx.beginPath()
            ctx.moveTo(x, y)
            ctx.quadraticCurveTo(x + Math.cos(way) * length, y + Math.sin(way) * length, x + Math.cos(way + 0.25) * length * 1.6, y + Math.sin(way + 0.25) * length * 1.6)
            ctx.stroke()
        }
        ctx.globalAlpha = 1
    }
}
