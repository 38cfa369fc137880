using FestivalOps.Hosts;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Capacity;

/// <summary>The disk of the platform's application: how full it is, kept at each look, and when it fills.</summary>
internal sealed class DiskLook(HostBook hosts, KeptFigures figures, BusinessCalendar calendar, IOptions<ApplicationOptions> application, IOptions<CapacityOptions> options, TimeProvider time)
{
    private const string Task = "disk";
    private const string Name = "used_bytes";
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(180);

    /// <summary>Keeps how full it is; where that can't be asked, nothing is kept.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if ((await hosts.Platform.Files.SpaceAsync(application.Value.Folder, ct)).Value is { } space)
            await figures.KeepAsync(Task, Name, space.TotalBytes - space.FreeBytes, time.GetUtcNow(), ct);
    }

    /// <summary>How full it is, and when it will be full.</summary>
    public async Task<TaskPart> LookAsync(CancellationToken ct)
    {
        var answer = await hosts.Platform.Files.SpaceAsync(application.Value.Folder, ct);
        if (answer.Value is not { } space)
        {
            var why = CapacityTexts.Named(CapacityTexts.Disk, answer.Sentence!);
            return answer.Outcome == HostOutcome.NotAvailable ? TaskPart.NotAvailable(why) : TaskPart.Failed(why);
        }
        var now = time.GetUtcNow();
        await figures.KeepAsync(Task, Name, space.TotalBytes - space.FreeBytes, now, ct);
        var forecast = DiskForecast.Of(await figures.SeriesAsync(Task, Name, now - LookedBack, ct), space.TotalBytes);
        var says = CapacityTexts.Space(space);
        var line = CapacityTexts.Forecast(forecast, calendar.Zone);
        return forecast.FillsAt is { } full && full - now < TimeSpan.FromDays(options.Value.DiskDays) ? TaskPart.Warning(says, line) : TaskPart.Ok(says, line);
    }
}
