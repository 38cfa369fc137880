using FestivalOps.Hosts;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Application;

/// <summary>Whether the application could be acted on now: its host answers and has its folder.</summary>
internal static class ApplicationLook
{
    private static readonly LocalizedText Folder = new("アプリケーションのフォルダー", "the application's folder");

    /// <summary>What keeps it from being acted on; null: nothing.</summary>
    /// <exception cref="OperationCanceledException">We were asked to stop.</exception>
    public static async Task<TaskPart?> MissingAsync(this IHost host, ApplicationPlace place, CancellationToken ct)
    {
        var listed = await host.Files.ListAsync(place.Folder, ct);
        return listed.Value is null ? listed.Part(Folder, ct) : null;
    }
}
