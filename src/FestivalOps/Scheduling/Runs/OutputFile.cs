using System.Globalization;
using System.IO.Compression;
using System.Text;
using FestivalOps.Language;
using FestivalOps.Scheduling.Post;

namespace FestivalOps.Scheduling.Runs;

/// <summary>The file below the post of a run: what came of it, every detail, and all that it wrote.</summary>
internal static class OutputFile
{
    /// <summary>Its text in the team's language.</summary>
    public static string Text(TaskRunRecord run, IReadOnlyList<LocalizedText> details, string output, TimeZoneInfo zone, SpokenLanguage language)
    {
        var text = new StringBuilder(output.Length + 1_000);
        text.Append(CultureInfo.InvariantCulture, $"{run.Task}  {RunMessage.Stamp(run.Due, zone)}  {run.State.Name().In(language)}\n");
        text.Append(language == SpokenLanguage.En ? run.SentenceEn : run.SentenceJa).Append('\n');
        // What the task wrote itself is not said twice.
        var written = output.Split('\n').ToHashSet(StringComparer.Ordinal);
        foreach (var detail in details.Select(d => ForeignText.OneLine(d.In(language), 2_000)).Where(d => !written.Contains(OutputMask.Of(d)))) text.Append(detail).Append('\n');
        if (output.Length > 0) text.Append('\n').Append(output);
        return text.ToString();
    }

    /// <summary>Its name, like no other: by it an upload of unclear outcome is found again.</summary>
    public static string Name(TaskRunRecord run, TimeZoneInfo zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Task}-{TimeZoneInfo.ConvertTime(run.Due, zone):yyyyMMdd-HHmm}-{run.Id[^8..]}.txt");

    /// <summary>Packed for the store.</summary>
    public static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>What <see cref="Pack"/> packed.</summary>
    public static string Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
