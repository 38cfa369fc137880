using System.Net;
using System.Net.Http.Headers;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

/// <summary>The external upload flow: ask for an address, send the bytes there, complete.</summary>
internal sealed class FilesApi(SlackApiClient client, SendingParts parts) : IFilesApi
{
    private const int AltTextLimit = 1000;

    public async Task<ExternalFileReference> Upload(
        FileUpload file, string? channelId = null, string? threadTs = null, string? initialComment = null, CancellationToken cancellationToken = default)
    {
        var uploaded = await Upload([file], channelId, threadTs, initialComment, cancellationToken).ConfigureAwait(false);
        return uploaded[0];
    }

    public async Task<IList<ExternalFileReference>> Upload(
        IEnumerable<FileUpload> files, string? channelId = null, string? threadTs = null, string? initialComment = null, CancellationToken cancellationToken = default)
    {
        var references = new List<ExternalFileReference>();
        foreach (var file in files)
        {
            var target = await GetUploadUrlExternal(file.FileName, file.Content.Length, file.AltText, file.SnippetType, cancellationToken).ConfigureAwait(false);
            await SendBytes(target.UploadUrl, file, cancellationToken).ConfigureAwait(false);
            references.Add(new ExternalFileReference { Id = target.FileId, Title = file.Title ?? file.FileName });
        }
        if (references.Count == 0)
            throw new ArgumentException("There is no file to upload.", nameof(files));
        var completed = await CompleteUploadExternal(references, channelId, initialComment, threadTs, cancellationToken).ConfigureAwait(false);
        return completed.Count > 0 ? completed : references;
    }

    public Task<UploadUrlExternalResponse> GetUploadUrlExternal(
        string fileName, int length, string? altText = null, string? snippetType = null, CancellationToken cancellationToken = default) =>
        client.Call<UploadUrlExternalResponse>(
            "files.getUploadURLExternal",
            new Arguments().Add("filename", fileName).Add("length", length).Add("alt_txt", altText is null ? null : TextCut.Plain(altText, AltTextLimit)).Add("snippet_type", snippetType),
            Repeat.Harmless, cancellationToken);

    public Task<IList<ExternalFileReference>> CompleteUploadExternal(
        IEnumerable<ExternalFileReference> files, string? channelId = null, string? initialComment = null, string? threadTs = null,
        CancellationToken cancellationToken = default) =>
        client.Call<IList<ExternalFileReference>>(
            "files.completeUploadExternal",
            new Arguments().AddJson<IList<ExternalFileReference>>("files", [.. files]).Add("channel_id", channelId)
                .Add("initial_comment", initialComment is null ? null : TextCut.Markdown(initialComment, MessageLimits.Text)).Add("thread_ts", threadTs),
            Repeat.Never, cancellationToken, "files");

    public Task<File> Info(string fileId, CancellationToken cancellationToken = default) =>
        client.Call<File>("files.info", new Arguments().Add("file", fileId), Repeat.Harmless, cancellationToken, "file");

    public Task Delete(string fileId, CancellationToken cancellationToken = default) =>
        client.CallUntil("files.delete", new Arguments().Add("file", fileId), cancellationToken, "file_deleted", "file_not_found");

    private Task<JsonElement> SendBytes(string uploadUrl, FileUpload file, CancellationToken cancellationToken)
    {
        var address = parts.Addresses.UploadUrl(uploadUrl)
            ?? throw new SlackException(new ErrorResponse { Error = "upload_url_refused", Messages = { "The address for the file is not one of Slack's." } });
        // The bytes become a file only when the upload is completed, so sending them twice is harmless. No token goes along.
        return parts.Transport.Send("file upload", "file upload", Repeat.Harmless, Request, Read, cancellationToken);

        HttpRequestMessage Request()
        {
            var content = new ReadOnlyMemoryContent(file.Content);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        }
    }

    private static Attempt Read(HttpStatusCode status, TimeSpan? retryAfter, ReadOnlyMemory<byte> body) => (int)status switch
    {
        >= 200 and < 300 => new(Outcome.Done),
        429 => new(Outcome.Limited) { RetryAfter = retryAfter },
        >= 500 => new(Outcome.Unclear) { Error = new ErrorResponse { Error = $"http_{(int)status}" } },
        _ => new(Outcome.Refused) { Error = new ErrorResponse { Error = $"http_{(int)status}" } },
    };
}
