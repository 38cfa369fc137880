using FestivalOps.Hosts;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Capacity;

/// <summary>The disk of the platform's application: how full it is, kept at each look, and when it fills.</summary>
internal sealed class DiskLook(HostBook hosts, KeptFigures figures, BusinessCalendar calendar, IOptions<ApplicationOptions> application, IOptions<CapacityOptions> options, TimeProvider time)
{
    /// <summary>Of fewer figures nothing is forecast: 4.</summary>
    public const int Fewest = 4;

    /// <summary>From figures of a shorter time nothing is forecast: 14 days.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromDays(14);

    private const string Task = "disk";
    private const string Name = "used_bytes";
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(180);

    /// <summary>Keeps how full it is; where that can't be asked, nothing is kept.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if ((await hosts.Platform.Files.SpaceAsync(application.Value.Folder, ct)).Value is { } space)
            await figures.KeepAsync(Task, time.GetUtcNow(), [(Name, space.TotalBytes - space.FreeBytes)], ct);
    }

    /// <summary>How full it is, and when it will be full.</summary>
    public async Task<TaskPart> LookAsync(CancellationToken ct)
    {
        var answer = await hosts.Platform.Files.SpaceAsync(application.Value.Folder, ct);
        if (answer.Value is not { } space) return answer.Part(CapacityTexts.Disk, ct);
        var now = time.GetUtcNow();
        await figures.KeepAsync(Task, now, [(Name, space.TotalBytes - space.FreeBytes)], ct);
        var kept = await figures.SeriesAsync(Task, Name, now - LookedBack, ct);
        var forecast = DiskForecast.Of(kept, Fewest, Shortest);
        // From what is in use now, not from the line: a disk that was just tidied up begins anew.
        var fills = forecast?.Reaches(space.TotalBytes, kept[^1].Value, days: 3_650);
        var says = CapacityTexts.Space(space);
        var line = forecast is null ? CapacityTexts.NoForecast(kept.Count) : CapacityTexts.Forecast(forecast, fills, calendar.Zone);
        return fills is { } full && full - now < TimeSpan.FromDays(options.Value.DiskDays) ? TaskPart.Warning(says, line) : TaskPart.Ok(says, line);
    }
}
