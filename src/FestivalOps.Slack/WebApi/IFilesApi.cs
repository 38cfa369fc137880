namespace FestivalOps.Slack.WebApi;

/// <summary>Files, by the external upload flow (the old files.upload has ended).</summary>
public interface IFilesApi
{
    /// <summary>Uploads one file and shares it in a channel when one is given.</summary>
    Task<ExternalFileReference> Upload(FileUpload file, string? channelId = null, string? threadTs = null, string? initialComment = null, CancellationToken cancellationToken = default);

    /// <summary>Uploads several files and shares them in one message.</summary>
    Task<IList<ExternalFileReference>> Upload(IEnumerable<FileUpload> files, string? channelId = null, string? threadTs = null, string? initialComment = null, CancellationToken cancellationToken = default);

    /// <summary>First step: where to send the bytes. Alternative text: at most 1000 characters.</summary>
    Task<UploadUrlExternalResponse> GetUploadUrlExternal(string fileName, int length, string? altText = null, string? snippetType = null, CancellationToken cancellationToken = default);

    /// <summary>Last step: makes the files visible.</summary>
    Task<IList<ExternalFileReference>> CompleteUploadExternal(IEnumerable<ExternalFileReference> files, string? channelId = null, string? initialComment = null, string? threadTs = null, CancellationToken cancellationToken = default);

    /// <summary>One file.</summary>
    Task<File> Info(string fileId, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file.</summary>
    Task Delete(string fileId, CancellationToken cancellationToken = default);
}
