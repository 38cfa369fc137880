using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Backups;

/// <summary>ファイルバックアップ確認 (S3): lists the objects, and judges the newest. Nothing is read or changed. Keys are never logged.</summary>
internal sealed class S3Listing(IOptions<S3BackupOptions> options, TimeProvider time)
{
    // 100,000 objects.
    private const int MostPages = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly S3BackupOptions _options = options.Value;

    /// <summary>Looks into the bucket.</summary>
    public async Task<TaskPart> LookAsync(CancellationToken ct)
    {
        if (!_options.IsSet) return TaskPart.NotAvailable(S3Texts.NotSetUp);
        if (Credentials() is not { } credentials) return TaskPart.NotAvailable(S3Texts.NoCredentials);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var client = new AmazonS3Client(credentials, Configuration());
            return Judge(await CountAsync(client, either.Token));
        }
        catch (AmazonS3Exception refusal)
        {
            return TaskPart.Failed(S3Texts.Refused(_options.Bucket, refusal.ErrorCode is { Length: > 0 } code ? code : $"{(int)refusal.StatusCode}"));
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is AmazonClientException or HttpRequestException or OperationCanceledException or IOException)
        {
            return TaskPart.Failed(S3Texts.NoAnswer(_options.ServiceUrl!.GetLeftPart(UriPartial.Authority)));
        }
    }

    private TaskPart Judge(Found found)
    {
        if (found.Newest is not { } newest) return TaskPart.Failed(S3Texts.Empty(_options.Bucket, _options.Prefix));
        var age = time.GetUtcNow() - found.At;
        var says = S3Texts.Newest(newest.Key, age, newest.Size ?? 0, found.Count, found.Bytes, found.IsCut);
        if ((newest.Size ?? 0) == 0) return TaskPart.Failed(S3Texts.EmptyNewest(newest.Key), says);
        return age > TimeSpan.FromHours(_options.MaxAgeHours) ? TaskPart.Failed(S3Texts.TooOld(newest.Key, age, _options.MaxAgeHours), says) : TaskPart.Ok(says);
    }

    private async Task<Found> CountAsync(AmazonS3Client client, CancellationToken ct)
    {
        var found = new Found(null, default, 0, 0, IsCut: false);
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _options.Prefix, MaxKeys = 1000 };
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.ListObjectsV2Async(request, ct);
            foreach (var item in answer.S3Objects ?? [])
            {
                // Folders that a console has made are objects without content whose names end in a slash.
                if (item.Key.EndsWith('/')) continue;
                var at = new DateTimeOffset(item.LastModified?.ToUniversalTime() ?? DateTime.UnixEpoch);
                found = found with { Count = found.Count + 1, Bytes = found.Bytes + (item.Size ?? 0) };
                if (found.Newest is null || at > found.At) found = found with { Newest = item, At = at };
            }
            if (answer.IsTruncated != true) return found;
            request.ContinuationToken = answer.NextContinuationToken;
        }
        return found with { IsCut = true };
    }

    private AmazonS3Config Configuration() => new()
    {
        ServiceURL = _options.ServiceUrl!.ToString(),
        AuthenticationRegion = _options.Region,
        ForcePathStyle = _options.PathStyle,
        Timeout = TimeSpan.FromSeconds(20),
        MaxErrorRetry = 2,
        UseHttp = _options.ServiceUrl.Scheme == "http",
    };

    // Nothing else is tried: the library's own search would ask addresses that only Amazon's machines have, and wait for them.
    private AWSCredentials? Credentials()
    {
        if (_options.AccessKey.Length > 0) return new BasicAWSCredentials(_options.AccessKey, _options.SecretKey);
        return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID")) || string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY"))
            ? null
            : new EnvironmentVariablesAWSCredentials();
    }

    private sealed record Found(S3Object? Newest, DateTimeOffset At, long Count, long Bytes, bool IsCut);
}

/// <summary>What is said of backups in S3.</summary>
internal static class S3Texts
{
    public static readonly LocalizedText NotSetUp = new("S3: 利用できません: Maintenance:S3:Bucket が未設定です", "S3: not available: Maintenance:S3:Bucket is not set");

    public static readonly LocalizedText NoCredentials = new(
        "S3: 利用できません: Maintenance:S3:AccessKey と SecretKey(または環境変数 AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY)を設定してください",
        "S3: not available: set Maintenance:S3:AccessKey and SecretKey, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment");

    public static LocalizedText Newest(string key, TimeSpan age, long size, long count, long bytes, bool isCut)
    {
        var (span, more) = (SpokenTime.Span(age), isCut ? "+" : "");
        return new(
            $"S3: 最新は {Name(key)}({span.Ja}前、{BackupTexts.Size(size)})。全 {count}{more} 件、{BackupTexts.Size(bytes)}{more}",
            $"S3: newest {Name(key)} ({span.En} old, {BackupTexts.Size(size)}); {count}{more} objects, {BackupTexts.Size(bytes)}{more}");
    }

    public static LocalizedText TooOld(string key, TimeSpan age, int limitHours)
    {
        var span = SpokenTime.Span(age);
        return new($"S3: 最新の {Name(key)} は {span.Ja}前のものです(上限 {limitHours} 時間)", $"S3: the newest, {Name(key)}, is {span.En} old (limit {limitHours} h)");
    }

    public static LocalizedText EmptyNewest(string key) => new($"S3: 最新の {Name(key)} は空です", $"S3: the newest, {Name(key)}, is empty");

    public static LocalizedText Empty(string bucket, string prefix) => new(
        $"S3: バケット {Name(bucket)} の {Name(prefix)} に何もありません", $"S3: nothing in the bucket {Name(bucket)} below {Name(prefix)}");

    public static LocalizedText Refused(string bucket, string code) => new(
        $"S3: バケット {Name(bucket)} を一覧できません({Name(code)})", $"S3: the bucket {Name(bucket)} can't be listed ({Name(code)})");

    public static LocalizedText NoAnswer(string address) => new($"S3: {Name(address)} から応答がありません", $"S3: {Name(address)} does not answer");

    private static string Name(string text) => ForeignText.OneLine(text, 120);
}
