using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>Keeps the bot's log, and knows what must never stand in it.</summary>
internal sealed class BotLog : StringWriter
{
    private readonly Lock gate = new();

    public BotLog() : base(CultureInfo.InvariantCulture)
    {
    }

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate) return GetStringBuilder().ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public override void Write(char value)
    {
        lock (gate) base.Write(value);
    }

    public override void Write(string? value)
    {
        lock (gate) base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        lock (gate) base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (gate) base.Write(buffer);
    }

    /// <summary>Every line is a JSON object with time and message, and none holds a secret.</summary>
    public void ShouldBeClean(params IEnumerable<string> secrets)
    {
        foreach (var line in Lines)
        {
            using var json = JsonDocument.Parse(line);
            json.RootElement.TryGetProperty("@t", out _).ShouldBeTrue(line);
            json.RootElement.TryGetProperty("@m", out _).ShouldBeTrue(line);
            foreach (var secret in secrets) line.ShouldNotContain(secret, Case.Sensitive);
            line.ShouldNotContain("/commands/T0", Case.Sensitive, "a response_url");
            line.ShouldNotContain("/actions/T0", Case.Sensitive, "a response_url");
            line.ShouldNotContain("ticket=", Case.Sensitive, "a socket address");
        }
    }
}
