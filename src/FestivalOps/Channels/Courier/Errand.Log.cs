namespace FestivalOps.Channels.Courier;

/// <content>What it says in the log.</content>
internal sealed partial class Errand
{
    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The outbox row {Key} could not be taken from the store. Error id {ErrorId}")]
        public static partial void NotTaken(ILogger logger, Exception failure, string key, string errorId);

        [LoggerMessage(LogLevel.Information, "{Key} had arrived already: its key was found")]
        public static partial void Found(ILogger logger, string key);

        [LoggerMessage(LogLevel.Error, "{Key} can't be delivered to {Lane}: {Reason}. Error id {ErrorId}")]
        public static partial void Undeliverable(ILogger logger, string key, string lane, string reason, string errorId);

        [LoggerMessage(LogLevel.Information, "{Key} was not taken (attempt {Attempt}): {Reason}; it waits")]
        public static partial void TriesAgain(ILogger logger, string key, int attempt, string reason);

        [LoggerMessage(LogLevel.Warning, "{Key}: nobody knows whether attempt {Attempt} arrived ({Reason}); it is looked for before the next")]
        public static partial void Unclear(ILogger logger, string key, int attempt, string reason);

        [LoggerMessage(LogLevel.Warning, "{Key} was sent, but another instance had taken it over meanwhile")]
        public static partial void NotOurs(ILogger logger, string key);

        [LoggerMessage(LogLevel.Error, "The outbox row {Key} ({Kind}) failed; the others go on. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string key, string kind, string errorId);

        [LoggerMessage(LogLevel.Information, "Stopping: {Key} goes on at the next start ({Reason})")]
        public static partial void Stopped(ILogger logger, string key, string reason);

        [LoggerMessage(LogLevel.Error, "The outbox row {Key} could not be put back. Error id {ErrorId}")]
        public static partial void NotPutBack(ILogger logger, Exception failure, string key, string errorId);
    }
}
