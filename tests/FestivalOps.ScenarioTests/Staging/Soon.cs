using System.Diagnostics;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>Waits for something to become true: looks again and again, and is generous, because slow machines test, too.</summary>
internal static class Soon
{
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>The first answer of <paramref name="look"/> that is not null.</summary>
    /// <param name="look">Looks once; null: not yet.</param>
    /// <param name="what">What is waited for, for the message when it never comes.</param>
    /// <param name="seen">What there was instead, for the same message.</param>
    public static async Task<T> BecomesAsync<T>(Func<Task<T?>> look, string what, Func<string>? seen = null, TimeSpan? limit = null) where T : class
    {
        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await look() is { } found) return found;
            if (Stopwatch.GetElapsedTime(begin) > (limit ?? Generous))
                throw new Shouldly.ShouldAssertException($"Never came: {what}\nWhat there was:\n{seen?.Invoke()}");
            await Task.Delay(LookAgain, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same for a plain condition.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string what, Func<string>? seen = null, TimeSpan? limit = null) =>
        BecomesAsync(async () => await condition() ? what : null, what, seen, limit);

    /// <summary>The same for a condition that is known at once.</summary>
    public static Task TrueAsync(Func<bool> condition, string what, Func<string>? seen = null, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, seen, limit);
}
