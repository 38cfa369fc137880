using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>What a value is counted in.</summary>
internal enum Unit
{
    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>0 to 100, where hundredths count (99.52 %).</summary>
    FinePercent,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Days that are left.</summary>
    Days,

    /// <summary>Runnable processes per processor core.</summary>
    PerCore,
}

/// <summary>Values as people read them.</summary>
internal static class UnitText
{
    /// <summary>"84 %", "35 ms", "23 日", "1.4 / コア".</summary>
    public static LocalizedText Format(this Unit unit, double value) => unit switch
    {
        Unit.Percent => LocalizedText.Same(Number(value) + " %"),
        // Rounded down: 99.996 % is not yet "100 %".
        Unit.FinePercent => LocalizedText.Same((Math.Floor((decimal)value * 100) / 100).ToString("0.##", CultureInfo.InvariantCulture) + " %"),
        Unit.Milliseconds => LocalizedText.Same(Number(value) + " ms"),
        Unit.Days => new(Math.Floor(value).ToString("0", CultureInfo.InvariantCulture) + " 日", Days(Math.Floor(value))),
        Unit.PerCore => new($"{Number(value)} / コア", $"{Number(value)} per core"),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "This unit has no text"),
    };

    /// <summary>The same with more digits, for a value that would read as its own limit: "2.04 / コア". Units that round down have no need of it.</summary>
    public static LocalizedText Finely(this Unit unit, double value)
    {
        var number = value.ToString("0.0###", CultureInfo.InvariantCulture);
        return unit switch
        {
            Unit.Percent => LocalizedText.Same(number + " %"),
            Unit.Milliseconds => LocalizedText.Same(number + " ms"),
            Unit.PerCore => new($"{number} / コア", $"{number} per core"),
            _ => unit.Format(value),
        };
    }

    /// <summary>"1.4 GiB": bytes in the unit that keeps the number short.</summary>
    public static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var step = 0;
        while (bytes >= 1024 && step < units.Length - 1)
        {
            bytes /= 1024;
            step++;
        }
        return Number(bytes) + " " + units[step];
    }

    // One decimal below 10, none above: enough to compare with a limit, short enough for a phone.
    private static string Number(double value) => value is > 0 and < 0.05
        ? "<0.1"
        : value.ToString(Math.Abs(value) < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);

    private static string Days(double days) =>
        days == 1 ? "1 day" : days.ToString("0", CultureInfo.InvariantCulture) + " days";
}
