using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Reading;
using FestivalOps.Settings;

namespace FestivalOps.Blocking.Scanning;

/// <summary>
/// <c>FestivalOps scan nginx FILE</c>: says which addresses would have been blocked, one line each, <c>ADDRESS LINE_NUMBER EPOCH_SECONDS</c>, on
/// standard output, and a summary on standard error. Rules, proxies and lists are those of the settings; nothing else of the bot is started.
/// </summary>
internal static class ScanVerb
{
    private const string Usage =
        """
        FestivalOps scan KIND FILE     KIND: nginx, nginx-error, auth, journal, rails or syslog; FILE may be packed by gzip; - is standard input
        """;

    /// <summary>Runs it. Exit code: 0 done, 64 no such use, 66 the file can't be read, 65 it is damaged.</summary>
    /// <param name="arguments">What stands behind <c>scan</c>; settings (<c>--Blocking:…</c>) may follow.</param>
    /// <param name="output">Where decisions go.</param>
    /// <param name="error">Where the summary goes.</param>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [var name, var file, .. var settings] || Kind(name) is not { } kind)
        {
            error.WriteLine(Usage);
            return 64;
        }
        var options = Options(SettingsSources.Read(settings));
        try
        {
            var written = file == "-" ? TimeProvider.System.GetUtcNow() : new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
            using var log = file == "-" ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            Scan(log, LogReaders.Make(kind, options, TimeZoneInfo.Local, () => written), Detector.Of(options), output, error);
            return 0;
        }
        catch (InvalidDataException damaged)
        {
            error.WriteLine($"{file} is damaged: {damaged.Message}");
            return 65;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(failure.Message);
            return 66;
        }
    }

    /// <summary>Scans a log.</summary>
    public static void Scan(Stream log, LogReader reader, Detector detector, TextWriter output, TextWriter error)
    {
        var feed = new LineFeed(reader, detector);
        var (blocks, warnings) = (0, 0);
        var (begin, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        new LogScan(feed).Run(log, decision =>
        {
            if (decision.Outcome == BlockOutcome.Warn) warnings++;
            else
            {
                blocks++;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{decision.Address} {decision.Line} {decision.At.ToUnixTimeSeconds()}"));
            }
        });
        output.Flush();
        var (seconds, processor) = (Stopwatch.GetElapsedTime(begin).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{feed.Lines} lines, {feed.Counted} counted, {feed.Unread} not read; {blocks} blocks, {warnings} warnings; {seconds:F3} s, {processor:F3} s of processor time: {feed.Lines / Math.Max(processor, 1e-6):F0} lines/s of one core"));
    }

    private static LogKind? Kind(string name) => name switch
    {
        "nginx" => LogKind.Nginx,
        "nginx-error" => LogKind.NginxError,
        "auth" => LogKind.Auth,
        "journal" => LogKind.Journal,
        "rails" => LogKind.Rails,
        "syslog" => LogKind.Syslog,
        _ => null,
    };

    private static BlockingOptions Options(IConfigurationRoot settings)
    {
        var section = settings.GetSection("Blocking");
        if (!section.Exists()) return new();
        var own = new ConfigurationBuilder().AddInMemoryCollection(section.AsEnumerable()).Build();
        SettingsAudit.Refuse(SettingsAudit.UnknownKeys(own, [new("Blocking", typeof(BlockingOptions))]));
        BlockingOptions options;
        try
        {
            options = section.Get<BlockingOptions>() ?? new();
        }
        catch (InvalidOperationException failure)
        {
            throw new SettingsException(SettingsAudit.WrongValue(failure));
        }
        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new(options), wrong, validateAllProperties: true))
            throw new SettingsException(string.Join(Environment.NewLine, wrong.Select(w => $"Blocking: {w.ErrorMessage}")));
        return options;
    }
}
