using Microsoft.Extensions.Options;
using ScottPlot;
using SkiaSharp;

namespace FestivalOps.Reports.Pictures;

/// <summary>A font for the pictures.</summary>
/// <param name="Name">Its name for the drawing library.</param>
/// <param name="IsJapanese">True when it has Japanese letters.</param>
/// <param name="Drop">
/// How far the drawing library puts it too high, as a share of its size: it places text by the lowest point of any letter, which fonts with
/// letters of all the world have far below their line.
/// </param>
internal sealed record FoundFont(string Name, bool IsJapanese, float Drop);

/// <summary>
/// Looks for a font with Japanese letters, in a file: the drawing library knows no fonts of the system. Where there is none, one with Latin
/// letters does for English labels.
/// </summary>
internal sealed class PictureFont(IOptions<ReportsOptions> options)
{
    private const string Folder = "/usr/share/fonts";

    // Noto Sans CJK is Debian's fonts-noto-cjk; in a collection the first face is the Japanese one.
    private static readonly string[] Usual =
    [
        $"{Folder}/opentype/noto/NotoSansCJK-Regular.ttc", $"{Folder}/opentype/ipafont-gothic/ipag.ttf", $"{Folder}/truetype/fonts-japanese-gothic.ttf", $"{Folder}/noto-cjk/NotoSansCJK-Regular.ttc",
        $"{Folder}/truetype/dejavu/DejaVuSans.ttf", $"{Folder}/truetype/liberation/LiberationSans-Regular.ttf", $"{Folder}/truetype/freefont/FreeSans.ttf",
    ];

    private readonly Lock _lock = new();
    private (string Path, FoundFont Font)? _found;

    /// <summary>Where it is looked, best first; the setting comes before the usual places.</summary>
    public IReadOnlyList<string> Places { get; init; } = options.Value.FontFile.Length > 0 ? [options.Value.FontFile, .. Usual] : Usual;

    /// <summary>The best font that is there; null when there is none at all.</summary>
    public FoundFont? Find()
    {
        lock (_lock)
        {
            // Installed or removed while the bot runs: a file that was found is looked for again, one that was not, too.
            if (_found is { } known && File.Exists(known.Path)) return known.Font;
            _found = null;
            FoundFont? latin = null;
            foreach (var path in Places.Where(File.Exists))
            {
                using var face = SKTypeface.FromFile(path);
                if (face is null || !face.ContainsGlyph('A')) continue;
                var isJapanese = face.ContainsGlyph(0x6708) && face.ContainsGlyph(0x3042); // 月 and あ
                if (!isJapanese && latin is not null) continue;
                var font = new FoundFont($"report:{path}", isJapanese, Drop(face));
                foreach (var bold in new[] { false, true }) Fonts.AddFontFile(font.Name, path, bold, italic: false);
                if (isJapanese)
                {
                    _found = (path, font);
                    return font;
                }
                (latin, _found) = (font, (path, font));
            }
            return latin;
        }
    }

    private static float Drop(SKTypeface face)
    {
        using var font = new SKFont(face, size: 100);
        return (font.Metrics.Bottom - font.Metrics.Descent) / 100;
    }
}
