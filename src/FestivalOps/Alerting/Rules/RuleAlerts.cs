using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Checks;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Rules;

/// <summary>Makes what the incidents are told of a rule or of the bot itself.</summary>
internal static class RuleAlerts
{
    private const int LongestText = 500;

    /// <summary>
    /// The alert of a rule. Annotations: <c>description</c>, <c>value</c>, <c>limit</c>, each in Japanese and with <c>_en</c> in English;
    /// <c>since</c> (ISO 8601, UTC), <c>target</c>, <c>status</c>, and <c>flapping</c> = <c>true</c> while it comes and goes.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="decision">What it decided.</param>
    /// <param name="check">The check.</param>
    /// <param name="measurement">What was found; null when the check is no longer run.</param>
    public static IncomingAlert Of(AlertRule rule, RuleDecision decision, ICheck check, Measurement? measurement)
    {
        var state = decision.State;
        var firing = decision.Outward != CheckStatus.Ok;
        // What ends is named as it was told.
        var status = firing ? decision.Outward : state.Told;
        var since = state.BadSince ?? state.LastAt;
        var title = RuleTexts.Title(check.Title, status, measurement);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = rule.Alert, ["check"] = rule.Check, ["group"] = check.Group, ["host"] = Host(check), ["severity"] = Word(status),
        };
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["since"] = since.ToString("O", CultureInfo.InvariantCulture), ["status"] = $"{status}" };
        if (check.Target is { } target) annotations["target"] = Cut(target);
        if (state.Flapping) annotations["flapping"] = "true";
        Add(annotations, "description", Description(rule, decision, status, measurement));
        if (measurement is { Value: { } value, Unit: { } unit }) Add(annotations, "value", unit.Format(value));
        if (measurement is { Threshold: { } threshold, Unit: { } unitOfLimit } && threshold.Passed(status, unitOfLimit) is { } limit) Add(annotations, "limit", limit);
        return new(
            AlertSource.Check, Fingerprint("check", rule.Alert, rule.Check), $"check:{rule.Together}", firing, Severe(status), rule.Level(status),
            title.Ja, title.En, since, labels, annotations);
    }

    /// <summary>An alert of the bot about itself.</summary>
    /// <param name="name">What it is called, as in Prometheus: <c>WatchdogSilent</c>.</param>
    /// <param name="firing">False: it is over.</param>
    /// <param name="since">Since when, UTC.</param>
    /// <param name="title">What is wrong.</param>
    /// <param name="description">What follows from it, and what to do.</param>
    /// <param name="canWait">True: a warning that waits for the morning; false: critical.</param>
    public static IncomingAlert OfBot(string name, bool firing, DateTimeOffset since, LocalizedText title, LocalizedText description, bool canWait = false)
    {
        var status = canWait ? CheckStatus.Warning : CheckStatus.Critical;
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["since"] = since.ToString("O", CultureInfo.InvariantCulture) };
        Add(annotations, "description", description);
        return new(
            AlertSource.Bot, Fingerprint("bot", name), $"bot:{name}", firing, Severe(status), canWait ? 1 : 2, title.Ja, title.En, since,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = name, ["severity"] = Word(status) }, annotations);
    }

    private static LocalizedText Description(AlertRule rule, RuleDecision decision, CheckStatus status, Measurement? measurement)
    {
        if (measurement is null) return RuleTexts.NotCheckedAnyMore;
        if (decision.State.Flapping) return RuleTexts.Flaps(measurement.Says);
        if (decision.Outward == CheckStatus.Ok) return RuleTexts.Well(measurement.Says);
        if (measurement.Status == CheckStatus.Ok)
            return decision.State.CalmSince is null ? RuleTexts.Near(measurement.Says) : RuleTexts.Within(measurement.Says, rule.ClearFor);
        if (measurement.Status == CheckStatus.Warning && status == CheckStatus.Critical) return RuleTexts.NotCritical(RuleTexts.Found(measurement));
        return measurement.Status == CheckStatus.Unknown && status != CheckStatus.Unknown ? RuleTexts.NotMeasuredNow(measurement.Says) : RuleTexts.Found(measurement);
    }

    private static void Add(Dictionary<string, string> annotations, string name, LocalizedText text) =>
        (annotations[name], annotations[name + "_en"]) = (Cut(text.Ja), Cut(text.En));

    private static string Cut(string text) => ForeignText.OneLine(text, LongestText);

    private static Severity Severe(CheckStatus status) => status == CheckStatus.Critical ? Severity.Critical : Severity.Warning;

    private static string Word(CheckStatus status) => status == CheckStatus.Critical ? "critical" : "warning";

    // An address gives its host, "10.0.0.5:5432" itself without the port; what is measured here is on this machine.
    private static string Host(ICheck check)
    {
        if (check.Target is not { } target) return Environment.MachineName;
        return Uri.TryCreate(target.Contains("://", StringComparison.Ordinal) ? target : "tcp://" + target, UriKind.Absolute, out var url) ? url.Host : Cut(target);
    }

    // Not of the host: a container has another name after each start, and the alert is still the same.
    private static string Fingerprint(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16));
}
