using System.Diagnostics;
using System.Globalization;
using System.Text;
using FestivalOps.Reports.Business;
using FestivalOps.Reports.Periods;
using Npgsql;

namespace FestivalOps.Benchmarks.Reports;

/// <summary>The questions of the business figures as a script for psql, in one transaction as the bot asks them: the limit of what can be had.</summary>
internal static class SameQuestions
{
    /// <summary>The script.</summary>
    public static string Of(IReadOnlyList<PeriodSpan> spans)
    {
        var buckets = new DayBuckets(spans);
        string[] values =
        [
            "ARRAY[" + string.Join(",", buckets.Bounds.Select(Literal)) + "]",
            Literal(buckets.Ranges.First.From), Literal(buckets.Ranges.First.To), Literal(buckets.Ranges.Second.From), Literal(buckets.Ranges.Second.To),
        ];
        string[] range = [Literal(spans[0].Begin), Literal(spans[0].End)];
        var script = new StringBuilder("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSET LOCAL lock_timeout = '2s';\n");
        foreach (var table in DataBeginning.Tables) script.Append(BusinessQuestions.First(table)).Append(";\n");
        foreach (var question in new[] { BusinessQuestions.Festivals, BusinessQuestions.Payments, BusinessQuestions.NewUsers }) script.Append(With(question, values)).Append(";\n");
        foreach (var question in new[] { BusinessQuestions.Columns, BusinessQuestions.MissingIndexes }) script.Append(question).Append(";\n");
        return script.Append(With(BusinessQuestions.UsedApi, range)).Append(";\nCOMMIT;\n").ToString();
    }

    /// <summary>Lets psql run it and throw the answers away.</summary>
    public static async Task RunAsync(string database, string script)
    {
        var settings = new NpgsqlConnectionStringBuilder(database);
        var start = new ProcessStartInfo("psql") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in new[] { "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", settings.Host!, "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-U", settings.Username!, "-d", settings.Database!, "-o", "/dev/null", "-f", script })
            start.ArgumentList.Add(argument);
        start.Environment["PGPASSWORD"] = settings.Password;
        using var psql = Process.Start(start) ?? throw new InvalidOperationException("psql did not start.");
        var errors = await psql.StandardError.ReadToEndAsync();
        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0) throw new InvalidOperationException($"psql: {errors}");
    }

    private static string Literal(DateTimeOffset at) => $"timestamp '{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}'";

    // Highest first, so that $1 does not touch $10.
    private static string With(string question, string[] values)
    {
        for (var number = values.Length; number > 0; number--) question = question.Replace($"${number}", values[number - 1], StringComparison.Ordinal);
        return question;
    }
}
