-- Test data: the database structure of the Festival Planner Platform (github.com/YukiKudo03/festival-planner-platform,
-- MIT licence), schema version 2025_07_14_070200, PostgreSQL 15: all 38 tables with their columns, types, defaults,
-- indexes and foreign keys. It describes the database that FestivalOps watches; FestivalOps itself owns none of it.

CREATE TABLE active_storage_attachments (
  id bigserial primary key,
  "name" character varying NOT NULL,
  "record_type" character varying NOT NULL,
  "record_id" bigint NOT NULL,
  "blob_id" bigint NOT NULL,
  "created_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_active_storage_attachments_on_blob_id ON active_storage_attachments ("blob_id");
CREATE UNIQUE INDEX index_active_storage_attachments_uniqueness ON active_storage_attachments ("record_type", "record_id", "name", "blob_id");

CREATE TABLE active_storage_blobs (
  id bigserial primary key,
  "key" character varying NOT NULL,
  "filename" character varying NOT NULL,
  "content_type" character varying,
  "metadata" text,
  "service_name" character varying NOT NULL,
  "byte_size" bigint NOT NULL,
  "checksum" character varying,
  "created_at" timestamp(6) without time zone NOT NULL
);
CREATE UNIQUE INDEX index_active_storage_blobs_on_key ON active_storage_blobs ("key");

CREATE TABLE active_storage_variant_records (
  id bigserial primary key,
  "blob_id" bigint NOT NULL,
  "variation_digest" character varying NOT NULL
);
CREATE UNIQUE INDEX index_active_storage_variant_records_uniqueness ON active_storage_variant_records ("blob_id", "variation_digest");

CREATE TABLE api_keys (
  id bigserial primary key,
  "user_id" bigint NOT NULL,
  "name" character varying NOT NULL,
  "api_key" character varying NOT NULL,
  "key_type" character varying DEFAULT 'personal' NOT NULL,
  "scopes" text,
  "ip_whitelist" text,
  "rate_limits" text,
  "expires_at" timestamp(6) without time zone,
  "active" boolean DEFAULT true,
  "request_count" integer DEFAULT 0,
  "last_used_at" timestamp(6) without time zone,
  "revoked_at" timestamp(6) without time zone,
  "usage_stats" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_api_keys_on_active_and_expires_at ON api_keys ("active", "expires_at");
CREATE UNIQUE INDEX index_api_keys_on_api_key ON api_keys ("api_key");
CREATE INDEX index_api_keys_on_key_type ON api_keys ("key_type");
CREATE INDEX index_api_keys_on_last_used_at ON api_keys ("last_used_at");
CREATE INDEX index_api_keys_on_user_id ON api_keys ("user_id");

CREATE TABLE api_requests (
  id bigserial primary key,
  "api_key_id" bigint NOT NULL,
  "user_id" bigint,
  "endpoint" character varying NOT NULL,
  "method" character varying NOT NULL,
  "ip_address" character varying NOT NULL,
  "user_agent" text,
  "response_status" integer NOT NULL,
  "response_time_ms" double precision,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_api_requests_on_api_key_id_and_created_at ON api_requests ("api_key_id", "created_at");
CREATE INDEX index_api_requests_on_api_key_id ON api_requests ("api_key_id");
CREATE INDEX index_api_requests_on_created_at ON api_requests ("created_at");
CREATE INDEX index_api_requests_on_endpoint ON api_requests ("endpoint");
CREATE INDEX index_api_requests_on_ip_address ON api_requests ("ip_address");
CREATE INDEX index_api_requests_on_method ON api_requests ("method");
CREATE INDEX index_api_requests_on_response_status_and_created_at ON api_requests ("response_status", "created_at");
CREATE INDEX index_api_requests_on_response_status ON api_requests ("response_status");
CREATE INDEX index_api_requests_on_user_id ON api_requests ("user_id");

CREATE TABLE application_comments (
  id bigserial primary key,
  "vendor_application_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "content" text NOT NULL,
  "internal" boolean DEFAULT false NOT NULL,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_application_comments_on_internal ON application_comments ("internal");
CREATE INDEX index_application_comments_on_user_id_and_created_at ON application_comments ("user_id", "created_at");
CREATE INDEX index_application_comments_on_user_id ON application_comments ("user_id");
CREATE INDEX idx_on_vendor_application_id_created_at_84101e4b46 ON application_comments ("vendor_application_id", "created_at");
CREATE INDEX index_application_comments_on_vendor_application_id ON application_comments ("vendor_application_id");

CREATE TABLE application_reviews (
  id bigserial primary key,
  "vendor_application_id" bigint NOT NULL,
  "reviewer_id" bigint NOT NULL,
  "action" integer NOT NULL,
  "comment" text,
  "conditions" text,
  "reviewed_at" timestamp(6) without time zone,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_application_reviews_on_action ON application_reviews ("action");
CREATE INDEX index_application_reviews_on_reviewer_id_and_reviewed_at ON application_reviews ("reviewer_id", "reviewed_at");
CREATE INDEX index_application_reviews_on_reviewer_id ON application_reviews ("reviewer_id");
CREATE INDEX idx_on_vendor_application_id_created_at_4e2add9370 ON application_reviews ("vendor_application_id", "created_at");
CREATE INDEX index_application_reviews_on_vendor_application_id ON application_reviews ("vendor_application_id");

CREATE TABLE booths (
  id bigserial primary key,
  "venue_area_id" bigint NOT NULL,
  "festival_id" bigint NOT NULL,
  "vendor_application_id" bigint NOT NULL,
  "name" character varying,
  "booth_number" character varying,
  "size" character varying,
  "width" numeric,
  "height" numeric,
  "x_position" numeric,
  "y_position" numeric,
  "rotation" numeric,
  "status" character varying,
  "power_required" boolean,
  "water_required" boolean,
  "special_requirements" text,
  "setup_instructions" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_booths_on_festival_id ON booths ("festival_id");
CREATE INDEX index_booths_on_vendor_application_id ON booths ("vendor_application_id");
CREATE INDEX index_booths_on_venue_area_id ON booths ("venue_area_id");

CREATE TABLE budget_approvals (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "budget_category_id" bigint NOT NULL,
  "approver_type" character varying NOT NULL,
  "approver_id" bigint NOT NULL,
  "requested_amount" numeric(10,2) NOT NULL,
  "approved_amount" numeric(10,2) DEFAULT '0.0' NOT NULL,
  "status" character varying DEFAULT 'pending' NOT NULL,
  "notes" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_budget_approvals_on_approver ON budget_approvals ("approver_type", "approver_id");
CREATE INDEX index_budget_approvals_on_approver_type_and_approver_id ON budget_approvals ("approver_type", "approver_id");
CREATE INDEX index_budget_approvals_on_budget_category_id_and_status ON budget_approvals ("budget_category_id", "status");
CREATE INDEX index_budget_approvals_on_budget_category_id ON budget_approvals ("budget_category_id");
CREATE INDEX index_budget_approvals_on_festival_id_and_status ON budget_approvals ("festival_id", "status");
CREATE INDEX index_budget_approvals_on_festival_id ON budget_approvals ("festival_id");
CREATE INDEX index_budget_approvals_on_status ON budget_approvals ("status");

CREATE TABLE budget_categories (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "name" character varying,
  "description" text,
  "parent_type" character varying,
  "parent_id" bigint,
  "budget_limit" numeric,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_budget_categories_on_festival_id ON budget_categories ("festival_id");
CREATE INDEX index_budget_categories_on_parent ON budget_categories ("parent_type", "parent_id");

CREATE TABLE chat_messages (
  id bigserial primary key,
  "chat_room_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "content" text,
  "message_type" character varying,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_chat_messages_on_chat_room_id ON chat_messages ("chat_room_id");
CREATE INDEX index_chat_messages_on_user_id ON chat_messages ("user_id");

CREATE TABLE chat_room_members (
  id bigserial primary key,
  "chat_room_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "role" character varying,
  "joined_at" timestamp(6) without time zone,
  "last_read_at" timestamp(6) without time zone,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_chat_room_members_on_chat_room_id ON chat_room_members ("chat_room_id");
CREATE INDEX index_chat_room_members_on_user_id ON chat_room_members ("user_id");

CREATE TABLE chat_rooms (
  id bigserial primary key,
  "name" character varying,
  "description" text,
  "room_type" character varying,
  "festival_id" bigint NOT NULL,
  "private" boolean,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_chat_rooms_on_festival_id ON chat_rooms ("festival_id");

CREATE TABLE expenses (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "budget_category_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "amount" numeric,
  "description" text,
  "expense_date" date,
  "payment_method" character varying,
  "vendor_name" character varying,
  "receipt_number" character varying,
  "status" character varying,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_expenses_on_budget_category_id ON expenses ("budget_category_id");
CREATE INDEX index_expenses_on_festival_id ON expenses ("festival_id");
CREATE INDEX index_expenses_on_user_id ON expenses ("user_id");

CREATE TABLE festivals (
  id bigserial primary key,
  "name" character varying,
  "description" text,
  "start_date" timestamp(6) without time zone,
  "end_date" timestamp(6) without time zone,
  "location" character varying,
  "budget" numeric,
  "status" integer,
  "user_id" bigint NOT NULL,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL,
  "public" boolean DEFAULT false NOT NULL
);
CREATE INDEX index_festivals_on_user_id ON festivals ("user_id");

CREATE TABLE file_access_logs (
  id bigserial primary key,
  "user_id" bigint NOT NULL,
  "attachment_id" integer NOT NULL,
  "action" character varying NOT NULL,
  "ip_address" character varying NOT NULL,
  "user_agent" text NOT NULL,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_file_access_logs_on_action_and_created_at ON file_access_logs ("action", "created_at");
CREATE INDEX index_file_access_logs_on_attachment_id ON file_access_logs ("attachment_id");
CREATE INDEX index_file_access_logs_on_created_at ON file_access_logs ("created_at");
CREATE INDEX index_file_access_logs_on_user_id_and_created_at ON file_access_logs ("user_id", "created_at");
CREATE INDEX index_file_access_logs_on_user_id ON file_access_logs ("user_id");

CREATE TABLE file_metadata (
  id bigserial primary key,
  "uploaded_by_id" bigint NOT NULL,
  "attachment_id" integer NOT NULL,
  "original_filename" character varying NOT NULL,
  "file_size" bigint NOT NULL,
  "content_type" character varying NOT NULL,
  "upload_ip" character varying NOT NULL,
  "upload_user_agent" text NOT NULL,
  "image_metadata" json,
  "processing_metadata" json,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE UNIQUE INDEX index_file_metadata_on_attachment_id ON file_metadata ("attachment_id");
CREATE INDEX index_file_metadata_on_content_type ON file_metadata ("content_type");
CREATE INDEX index_file_metadata_on_created_at ON file_metadata ("created_at");
CREATE INDEX index_file_metadata_on_file_size ON file_metadata ("file_size");
CREATE INDEX index_file_metadata_on_uploaded_by_id ON file_metadata ("uploaded_by_id");

CREATE TABLE forum_posts (
  id bigserial primary key,
  "forum_thread_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "content" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_forum_posts_on_forum_thread_id ON forum_posts ("forum_thread_id");
CREATE INDEX index_forum_posts_on_user_id ON forum_posts ("user_id");

CREATE TABLE forum_threads (
  id bigserial primary key,
  "forum_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "title" character varying,
  "content" text,
  "pinned" boolean,
  "locked" boolean,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_forum_threads_on_forum_id ON forum_threads ("forum_id");
CREATE INDEX index_forum_threads_on_user_id ON forum_threads ("user_id");

CREATE TABLE forums (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "name" character varying,
  "description" text,
  "category" character varying,
  "private" boolean,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_forums_on_festival_id ON forums ("festival_id");

CREATE TABLE industry_specializations (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "industry_type" character varying NOT NULL,
  "specialization_level" character varying DEFAULT 'basic' NOT NULL,
  "status" character varying DEFAULT 'planning' NOT NULL,
  "certification_required" boolean DEFAULT false,
  "description" text,
  "priority" character varying DEFAULT 'medium',
  "specialization_code" character varying,
  "activated_at" timestamp(6) without time zone,
  "completed_at" timestamp(6) without time zone,
  "completion_notes" text,
  "compliance_standards" text,
  "specialized_features" text,
  "industry_regulations" text,
  "certification_requirements" text,
  "performance_kpis" text,
  "vendor_criteria" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE UNIQUE INDEX idx_on_festival_id_industry_type_c6db393dc4 ON industry_specializations ("festival_id", "industry_type");
CREATE INDEX index_industry_specializations_on_festival_id ON industry_specializations ("festival_id");
CREATE INDEX index_industry_specializations_on_industry_type ON industry_specializations ("industry_type");
CREATE UNIQUE INDEX index_industry_specializations_on_specialization_code ON industry_specializations ("specialization_code");
CREATE INDEX index_industry_specializations_on_status ON industry_specializations ("status");

CREATE TABLE layout_elements (
  id bigserial primary key,
  "venue_id" bigint NOT NULL,
  "element_type" character varying,
  "name" character varying,
  "description" text,
  "x_position" numeric,
  "y_position" numeric,
  "width" numeric,
  "height" numeric,
  "rotation" numeric,
  "color" character varying,
  "properties" text,
  "layer" integer,
  "locked" boolean,
  "visible" boolean,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_layout_elements_on_venue_id ON layout_elements ("venue_id");

CREATE TABLE line_groups (
  id bigserial primary key,
  "line_integration_id" bigint NOT NULL,
  "line_group_id" character varying NOT NULL,
  "name" character varying NOT NULL,
  "description" text,
  "is_active" boolean DEFAULT true,
  "member_count" integer DEFAULT 0,
  "last_activity_at" timestamp(6) without time zone,
  "group_settings" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_line_groups_on_is_active ON line_groups ("is_active");
CREATE INDEX index_line_groups_on_last_activity_at ON line_groups ("last_activity_at");
CREATE UNIQUE INDEX index_line_groups_on_line_group_id ON line_groups ("line_group_id");
CREATE UNIQUE INDEX index_line_groups_on_line_integration_id_and_line_group_id ON line_groups ("line_integration_id", "line_group_id");
CREATE INDEX index_line_groups_on_line_integration_id ON line_groups ("line_integration_id");

CREATE TABLE line_integrations (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "line_channel_id" character varying NOT NULL,
  "line_channel_secret" character varying NOT NULL,
  "line_access_token" character varying NOT NULL,
  "webhook_url" character varying,
  "settings" text,
  "status" integer DEFAULT 0,
  "is_active" boolean DEFAULT false,
  "line_user_id" character varying,
  "notification_preferences" character varying,
  "last_sync_at" timestamp(6) without time zone,
  "last_webhook_received_at" timestamp(6) without time zone,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE UNIQUE INDEX index_line_integrations_on_festival_id_and_user_id ON line_integrations ("festival_id", "user_id");
CREATE INDEX index_line_integrations_on_festival_id ON line_integrations ("festival_id");
CREATE INDEX index_line_integrations_on_is_active ON line_integrations ("is_active");
CREATE UNIQUE INDEX index_line_integrations_on_line_channel_id ON line_integrations ("line_channel_id");
CREATE INDEX index_line_integrations_on_status ON line_integrations ("status");
CREATE INDEX index_line_integrations_on_user_id ON line_integrations ("user_id");

CREATE TABLE line_messages (
  id bigserial primary key,
  "line_group_id" bigint NOT NULL,
  "user_id" bigint,
  "line_message_id" character varying NOT NULL,
  "message_text" text NOT NULL,
  "message_type" character varying DEFAULT 'text',
  "parsed_content" text,
  "task_id" bigint,
  "is_processed" boolean DEFAULT false,
  "sender_line_user_id" character varying,
  "sender_display_name" character varying,
  "line_timestamp" timestamp(6) without time zone,
  "processing_errors" text,
  "intent_type" character varying,
  "confidence_score" numeric(5,3),
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_line_messages_on_intent_type ON line_messages ("intent_type");
CREATE INDEX index_line_messages_on_is_processed ON line_messages ("is_processed");
CREATE INDEX index_line_messages_on_line_group_id_and_line_timestamp ON line_messages ("line_group_id", "line_timestamp");
CREATE INDEX index_line_messages_on_line_group_id ON line_messages ("line_group_id");
CREATE UNIQUE INDEX index_line_messages_on_line_message_id ON line_messages ("line_message_id");
CREATE INDEX index_line_messages_on_sender_line_user_id ON line_messages ("sender_line_user_id");
CREATE INDEX index_line_messages_on_task_id ON line_messages ("task_id");
CREATE INDEX index_line_messages_on_user_id ON line_messages ("user_id");

CREATE TABLE municipal_authorities (
  id bigserial primary key,
  "name" character varying NOT NULL,
  "authority_type" character varying NOT NULL,
  "contact_person" character varying,
  "email" character varying,
  "phone" character varying,
  "address" text,
  "code" character varying,
  "api_endpoint" character varying,
  "api_key" character varying,
  "description" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_municipal_authorities_on_authority_type ON municipal_authorities ("authority_type");
CREATE UNIQUE INDEX index_municipal_authorities_on_code ON municipal_authorities ("code");
CREATE INDEX index_municipal_authorities_on_email ON municipal_authorities ("email");

CREATE TABLE notification_settings (
  id bigserial primary key,
  "user_id" bigint NOT NULL,
  "notification_type" character varying NOT NULL,
  "email_enabled" boolean DEFAULT true,
  "web_enabled" boolean DEFAULT true,
  "frequency" character varying DEFAULT 'immediate',
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL,
  "line_enabled" boolean DEFAULT false NOT NULL
);
CREATE INDEX index_notification_settings_on_line_enabled ON notification_settings ("line_enabled");
CREATE INDEX index_notification_settings_on_notification_type ON notification_settings ("notification_type");
CREATE UNIQUE INDEX index_notification_settings_on_user_id_and_notification_type ON notification_settings ("user_id", "notification_type");
CREATE INDEX index_notification_settings_on_user_id ON notification_settings ("user_id");

CREATE TABLE notifications (
  id bigserial primary key,
  "recipient_id" bigint NOT NULL,
  "sender_id" bigint,
  "notifiable_type" character varying NOT NULL,
  "notifiable_id" bigint NOT NULL,
  "notification_type" character varying NOT NULL,
  "title" character varying NOT NULL,
  "message" text,
  "read_at" timestamp(6) without time zone,
  "sent_at" timestamp(6) without time zone,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_notifications_on_notifiable ON notifications ("notifiable_type", "notifiable_id");
CREATE INDEX index_notifications_on_notifiable_type_and_notifiable_id ON notifications ("notifiable_type", "notifiable_id");
CREATE INDEX index_notifications_on_notification_type ON notifications ("notification_type");
CREATE INDEX index_notifications_on_recipient_id_and_created_at ON notifications ("recipient_id", "created_at");
CREATE INDEX index_notifications_on_recipient_id_and_read_at ON notifications ("recipient_id", "read_at");
CREATE INDEX index_notifications_on_recipient_id ON notifications ("recipient_id");
CREATE INDEX index_notifications_on_sender_id ON notifications ("sender_id");

CREATE TABLE payments (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "amount" numeric(10,2) NOT NULL,
  "payment_method" character varying NOT NULL,
  "status" character varying DEFAULT 'pending' NOT NULL,
  "currency" character varying DEFAULT 'JPY',
  "description" text,
  "customer_email" character varying,
  "customer_name" character varying,
  "billing_address" text,
  "external_transaction_id" character varying,
  "processing_fee" numeric(8,2) DEFAULT '0.0',
  "metadata" json DEFAULT '{}',
  "processed_at" timestamp(6) without time zone,
  "confirmed_at" timestamp(6) without time zone,
  "cancelled_at" timestamp(6) without time zone,
  "cancellation_reason" text,
  "error_message" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_payments_on_confirmed_at ON payments ("confirmed_at");
CREATE UNIQUE INDEX index_payments_on_external_transaction_id ON payments ("external_transaction_id");
CREATE INDEX index_payments_on_festival_id_and_status ON payments ("festival_id", "status");
CREATE INDEX index_payments_on_festival_id ON payments ("festival_id");
CREATE INDEX index_payments_on_payment_method ON payments ("payment_method");
CREATE INDEX index_payments_on_processed_at ON payments ("processed_at");
CREATE INDEX index_payments_on_status ON payments ("status");
CREATE INDEX index_payments_on_user_id_and_status ON payments ("user_id", "status");
CREATE INDEX index_payments_on_user_id ON payments ("user_id");

CREATE TABLE reactions (
  id bigserial primary key,
  "reactable_type" character varying NOT NULL,
  "reactable_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "reaction_type" character varying,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_reactions_on_reactable ON reactions ("reactable_type", "reactable_id");
CREATE INDEX index_reactions_on_user_id ON reactions ("user_id");

CREATE TABLE revenues (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "budget_category_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "amount" numeric,
  "description" text,
  "revenue_date" date,
  "source" character varying,
  "status" character varying,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL,
  "revenue_type" character varying DEFAULT 'other' NOT NULL
);
CREATE INDEX index_revenues_on_budget_category_id ON revenues ("budget_category_id");
CREATE INDEX index_revenues_on_festival_id ON revenues ("festival_id");
CREATE INDEX index_revenues_on_user_id ON revenues ("user_id");

CREATE TABLE tasks (
  id bigserial primary key,
  "title" character varying,
  "description" text,
  "due_date" timestamp(6) without time zone,
  "priority" integer,
  "status" integer,
  "user_id" bigint NOT NULL,
  "festival_id" bigint NOT NULL,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_tasks_on_festival_id ON tasks ("festival_id");
CREATE INDEX index_tasks_on_user_id ON tasks ("user_id");

CREATE TABLE tourism_collaborations (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "tourism_board_id" bigint NOT NULL,
  "coordinator_id" bigint NOT NULL,
  "collaboration_type" character varying NOT NULL,
  "status" character varying DEFAULT 'proposed' NOT NULL,
  "priority" character varying DEFAULT 'medium',
  "start_date" date NOT NULL,
  "end_date" date NOT NULL,
  "budget_allocation" numeric(12,2) NOT NULL,
  "expected_visitors" integer NOT NULL,
  "collaboration_number" character varying,
  "activated_at" timestamp(6) without time zone,
  "completed_at" timestamp(6) without time zone,
  "approved_at" timestamp(6) without time zone,
  "approved_by" integer,
  "cancelled_at" timestamp(6) without time zone,
  "cancelled_by" integer,
  "cancellation_reason" text,
  "completion_notes" text,
  "approval_notes" text,
  "description" text,
  "marketing_objectives" text,
  "target_demographics" text,
  "promotional_channels" text,
  "collaboration_benefits" text,
  "performance_metrics" text,
  "visitor_data" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE UNIQUE INDEX index_tourism_collaborations_on_collaboration_number ON tourism_collaborations ("collaboration_number");
CREATE INDEX index_tourism_collaborations_on_collaboration_type ON tourism_collaborations ("collaboration_type");
CREATE INDEX index_tourism_collaborations_on_coordinator_id ON tourism_collaborations ("coordinator_id");
CREATE INDEX index_tourism_collaborations_on_festival_id ON tourism_collaborations ("festival_id");
CREATE INDEX index_tourism_collaborations_on_start_date_and_end_date ON tourism_collaborations ("start_date", "end_date");
CREATE INDEX index_tourism_collaborations_on_status ON tourism_collaborations ("status");
CREATE INDEX index_tourism_collaborations_on_tourism_board_id ON tourism_collaborations ("tourism_board_id");

CREATE TABLE user_preferences (
  id bigserial primary key,
  "user_id" bigint NOT NULL,
  "language" character varying,
  "timezone" character varying,
  "dashboard_widgets" text,
  "dashboard_layout" text,
  "notification_preferences" text,
  "theme_settings" text,
  "quick_actions" text,
  "favorite_features" text,
  "high_contrast_mode" boolean DEFAULT false,
  "screen_reader_optimized" boolean DEFAULT false,
  "font_scale" integer DEFAULT 100,
  "enable_animations" boolean DEFAULT true,
  "auto_refresh_enabled" boolean DEFAULT true,
  "auto_refresh_interval" integer DEFAULT 30,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_user_preferences_on_high_contrast_mode ON user_preferences ("high_contrast_mode");
CREATE INDEX index_user_preferences_on_language ON user_preferences ("language");
CREATE INDEX index_user_preferences_on_screen_reader_optimized ON user_preferences ("screen_reader_optimized");
CREATE INDEX index_user_preferences_on_timezone ON user_preferences ("timezone");
CREATE UNIQUE INDEX index_user_preferences_on_user_id ON user_preferences ("user_id");

CREATE TABLE users (
  id bigserial primary key,
  "email" character varying DEFAULT '' NOT NULL,
  "encrypted_password" character varying DEFAULT '' NOT NULL,
  "reset_password_token" character varying,
  "reset_password_sent_at" timestamp(6) without time zone,
  "remember_created_at" timestamp(6) without time zone,
  "first_name" character varying,
  "last_name" character varying,
  "phone" character varying,
  "bio" text,
  "role" integer DEFAULT 0,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL,
  "api_token" character varying,
  "api_token_expires_at" timestamp(6) without time zone,
  "last_api_access_at" timestamp(6) without time zone,
  "api_request_count" integer DEFAULT 0,
  "api_permissions" json DEFAULT '{}'
);
CREATE UNIQUE INDEX index_users_on_api_token ON users ("api_token");
CREATE INDEX index_users_on_api_token_expires_at ON users ("api_token_expires_at");
CREATE UNIQUE INDEX index_users_on_email ON users ("email");
CREATE INDEX index_users_on_last_api_access_at ON users ("last_api_access_at");
CREATE UNIQUE INDEX index_users_on_reset_password_token ON users ("reset_password_token");

CREATE TABLE vendor_applications (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "user_id" bigint NOT NULL,
  "business_name" character varying,
  "business_type" character varying,
  "description" text,
  "requirements" text,
  "status" integer,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL,
  "submission_deadline" timestamp(6) without time zone,
  "review_deadline" timestamp(6) without time zone,
  "priority" integer DEFAULT 1,
  "notes" text,
  "submitted_at" timestamp(6) without time zone,
  "reviewed_at" timestamp(6) without time zone
);
CREATE INDEX index_vendor_applications_on_festival_id ON vendor_applications ("festival_id");
CREATE INDEX index_vendor_applications_on_priority ON vendor_applications ("priority");
CREATE INDEX index_vendor_applications_on_review_deadline ON vendor_applications ("review_deadline");
CREATE INDEX index_vendor_applications_on_submission_deadline ON vendor_applications ("submission_deadline");
CREATE INDEX index_vendor_applications_on_submitted_at ON vendor_applications ("submitted_at");
CREATE INDEX index_vendor_applications_on_user_id ON vendor_applications ("user_id");

CREATE TABLE venue_areas (
  id bigserial primary key,
  "venue_id" bigint NOT NULL,
  "name" character varying NOT NULL,
  "description" text,
  "area_type" character varying NOT NULL,
  "width" numeric(8,2) NOT NULL,
  "height" numeric(8,2) NOT NULL,
  "x_position" numeric(8,2) NOT NULL,
  "y_position" numeric(8,2) NOT NULL,
  "rotation" numeric(5,2) DEFAULT '0.0',
  "color" character varying,
  "capacity" integer,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_venue_areas_on_area_type ON venue_areas ("area_type");
CREATE INDEX index_venue_areas_on_venue_id ON venue_areas ("venue_id");
CREATE INDEX index_venue_areas_on_x_position_and_y_position ON venue_areas ("x_position", "y_position");

CREATE TABLE venues (
  id bigserial primary key,
  "festival_id" bigint NOT NULL,
  "name" character varying NOT NULL,
  "description" text,
  "capacity" integer NOT NULL,
  "address" text,
  "latitude" numeric(10,6),
  "longitude" numeric(10,6),
  "facility_type" character varying NOT NULL,
  "contact_info" text,
  "created_at" timestamp(6) without time zone NOT NULL,
  "updated_at" timestamp(6) without time zone NOT NULL
);
CREATE INDEX index_venues_on_facility_type ON venues ("facility_type");
CREATE INDEX index_venues_on_festival_id ON venues ("festival_id");
CREATE INDEX index_venues_on_latitude_and_longitude ON venues ("latitude", "longitude");

ALTER TABLE active_storage_attachments ADD FOREIGN KEY ("blob_id") REFERENCES active_storage_blobs (id);
ALTER TABLE active_storage_variant_records ADD FOREIGN KEY ("blob_id") REFERENCES active_storage_blobs (id);
ALTER TABLE api_keys ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE api_requests ADD FOREIGN KEY ("api_key_id") REFERENCES api_keys (id);
ALTER TABLE api_requests ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE application_comments ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE application_comments ADD FOREIGN KEY ("vendor_application_id") REFERENCES vendor_applications (id);
ALTER TABLE application_reviews ADD FOREIGN KEY ("reviewer_id") REFERENCES users (id);
ALTER TABLE application_reviews ADD FOREIGN KEY ("vendor_application_id") REFERENCES vendor_applications (id);
ALTER TABLE booths ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE booths ADD FOREIGN KEY ("vendor_application_id") REFERENCES vendor_applications (id);
ALTER TABLE booths ADD FOREIGN KEY ("venue_area_id") REFERENCES venue_areas (id);
ALTER TABLE budget_approvals ADD FOREIGN KEY ("budget_category_id") REFERENCES budget_categories (id);
ALTER TABLE budget_approvals ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE budget_categories ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE chat_messages ADD FOREIGN KEY ("chat_room_id") REFERENCES chat_rooms (id);
ALTER TABLE chat_messages ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE chat_room_members ADD FOREIGN KEY ("chat_room_id") REFERENCES chat_rooms (id);
ALTER TABLE chat_room_members ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE chat_rooms ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE expenses ADD FOREIGN KEY ("budget_category_id") REFERENCES budget_categories (id);
ALTER TABLE expenses ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE expenses ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE festivals ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE file_access_logs ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE file_metadata ADD FOREIGN KEY ("uploaded_by_id") REFERENCES users (id);
ALTER TABLE forum_posts ADD FOREIGN KEY ("forum_thread_id") REFERENCES forum_threads (id);
ALTER TABLE forum_posts ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE forum_threads ADD FOREIGN KEY ("forum_id") REFERENCES forums (id);
ALTER TABLE forum_threads ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE forums ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE industry_specializations ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE layout_elements ADD FOREIGN KEY ("venue_id") REFERENCES venues (id);
ALTER TABLE line_groups ADD FOREIGN KEY ("line_integration_id") REFERENCES line_integrations (id);
ALTER TABLE line_integrations ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE line_integrations ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE line_messages ADD FOREIGN KEY ("line_group_id") REFERENCES line_groups (id);
ALTER TABLE line_messages ADD FOREIGN KEY ("task_id") REFERENCES tasks (id);
ALTER TABLE line_messages ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE notification_settings ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE notifications ADD FOREIGN KEY ("recipient_id") REFERENCES users (id);
ALTER TABLE notifications ADD FOREIGN KEY ("sender_id") REFERENCES users (id);
ALTER TABLE payments ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE payments ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE reactions ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE revenues ADD FOREIGN KEY ("budget_category_id") REFERENCES budget_categories (id);
ALTER TABLE revenues ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE revenues ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE tasks ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE tasks ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE tourism_collaborations ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE tourism_collaborations ADD FOREIGN KEY ("tourism_board_id") REFERENCES municipal_authorities (id);
ALTER TABLE tourism_collaborations ADD FOREIGN KEY ("coordinator_id") REFERENCES users (id);
ALTER TABLE user_preferences ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE vendor_applications ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
ALTER TABLE vendor_applications ADD FOREIGN KEY ("user_id") REFERENCES users (id);
ALTER TABLE venue_areas ADD FOREIGN KEY ("venue_id") REFERENCES venues (id);
ALTER TABLE venues ADD FOREIGN KEY ("festival_id") REFERENCES festivals (id);
