namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The colours made from a host's accent: as near to it as text in it stays readable on every surface it stands on, in both themes.
/// </summary>
internal static class AccentColors
{
    // WCAG 2.2, 1.4.3, for text of ordinary size.
    private const double Readable = 4.5;

    // The surfaces of 00-base.css on which text in the accent stands.
    private static readonly Rgb[] LightSurfaces = [new(0xff, 0xff, 0xff), new(0xf4, 0xf6, 0xf7)];
    private static readonly Rgb[] DarkSurfaces = [new(0x1a, 0x22, 0x26), new(0x12, 0x18, 0x1b)];

    /// <summary>The rule that replaces the library's accent.</summary>
    internal static string Css(Rgb accent)
    {
        var light = Shade.Of(accent, LightSurfaces, Rgb.Black, .12);
        var dark = Shade.Of(accent, DarkSurfaces, Rgb.White, .22);
        return $$"""
            :root {
              --accent: light-dark({{light.Text}}, {{dark.Text}});
              --on-accent: light-dark({{light.On}}, {{dark.On}});
              --accent-soft: light-dark({{light.Soft}}, {{dark.Soft}});
            }

            """;
    }

    /// <param name="Text">Text and filled surfaces.</param>
    /// <param name="On">Text on a filled surface.</param>
    /// <param name="Soft">The surface of what is marked.</param>
    internal sealed record Shade(Rgb Text, Rgb On, Rgb Soft)
    {
        internal static Shade Of(Rgb accent, IReadOnlyList<Rgb> surfaces, Rgb towards, double softness)
        {
            for (var share = 0d; ; share += .02)
            {
                var text = accent.Mixed(towards, Math.Min(share, 1));
                var soft = surfaces[0].Mixed(text, softness);
                if (share >= 1 || surfaces.Append(soft).All(s => text.ContrastTo(s) >= Readable))
                {
                    return new Shade(text, text.ContrastTo(Rgb.White) >= Readable ? Rgb.White : Rgb.Black, soft);
                }
            }
        }
    }
}
