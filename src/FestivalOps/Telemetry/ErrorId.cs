using System.Security.Cryptography;

namespace FestivalOps.Telemetry;

/// <summary>
/// The short name of one failure, shown to the person and written in the log, so that the two can be brought together over the
/// telephone: <c>E-</c> and six characters without the ones that are misread (0 O 1 I L).
/// </summary>
internal static class ErrorId
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>A new id, about one in 900 million.</summary>
    public static string New() => "E-" + RandomNumberGenerator.GetString(Alphabet, 6);
}
