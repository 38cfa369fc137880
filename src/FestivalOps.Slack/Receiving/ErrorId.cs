using System.Security.Cryptography;

namespace FestivalOps.Slack.Receiving;

/// <summary>A short id that stands both in the log and in what the person sees.</summary>
internal static class ErrorId
{
    public static string New() => $"E-{RandomNumberGenerator.GetHexString(8)}";
}

/// <summary>Names from payloads before they reach a log: short, printable, on one line.</summary>
internal static class LogName
{
    public static string Of(string? name) =>
        string.IsNullOrEmpty(name) ? "(none)" : new string([.. name.Take(60).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':' ? c : '?')]);
}
